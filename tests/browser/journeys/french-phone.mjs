// product.md, "The main job, as a person does it", P41 and P42: by two people who have a phone, read French and press only
// what they see, the owner by day, her client in the dark.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { misfits } from '../world/fit.mjs';
import { pdfWith } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile('nothing');

const phone = { locale: 'fr-FR', viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
/** What the keyboard leaves of it. */
const aboveKeyboard = { width: 360, height: 400 };
/** WCAG 2.2, 2.5.5, less a pixel for what begins between two of them. */
const thumb = 43;
/** Words without which English says little. */
const english = /\b(the|and|with|your|this|from|save|add|share|cancel|upload|sign)\b/i;

const project = 'Identité de la brasserie';
const password = 'sept lampes pour un phare';

/** The dialog while one is open, since nothing behind it can be pressed. */
function front(page) {
    return page.locator('body:not(:has(dialog:modal)), dialog:modal');
}

async function press(page, name, role) {
    const named = { name, exact: true };
    const before = front(page);
    const control = role
        ? before.getByRole(role, named)
        : before.getByRole('button', named).or(before.getByRole('link', named));
    await pressThis(control.filter({ visible: true }).first());
}

async function pressThis(control) {
    await control.waitFor();
    const reach = await control.evaluate(reachOfThumb);
    assert.ok(reach >= thumb, `${await control.innerText()} can be pressed over ${reach} pixels`);
    await control.tap();
}

/** Over how many pixels from top to bottom a press lands on it: a row is pressed wherever it is empty. */
function reachOfThumb(element) {
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { left, top, width, height } = element.getBoundingClientRect();
    const lands = y => element.contains(document.elementFromPoint(left + width / 2, y));
    let [from, to] = [top + height / 2, top + height / 2];
    while (from > 0 && lands(from - 1)) from--;
    while (to < innerHeight && lands(to + 1)) to++;
    return Math.round(to - from);
}

/** Types over the keyboard; what is typed can be seen. */
async function write(page, label, words) {
    await page.setViewportSize(aboveKeyboard);
    const field = front(page).getByLabel(label, { exact: true }).filter({ visible: true }).first();
    await field.tap();
    await page.keyboard.insertText(words);
    await inSight(field, label);
}

async function putAwayKeyboard(page) {
    await page.setViewportSize(phone.viewport);
}

/** In the window, and not below the bar at its top. */
async function inSight(seen, what) {
    await seen.waitFor();
    const isSeen = await seen.evaluate(element => {
        const { left, top, width, height } = element.getBoundingClientRect();
        const shown = document.elementFromPoint(left + width / 2, top + Math.min(height, 40) / 2);
        return top >= 0 && top + Math.min(height, 40) <= innerHeight && element.contains(shown);
    });
    assert.ok(isSeen, `${what} is out of sight`);
}

/** All of it is in French and fits. */
async function look(page) {
    await putAwayKeyboard(page);
    assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
    assert.doesNotMatch(await page.locator('body').innerText(), english);
    assert.deepEqual(await misfits(page), []);
}

async function choose(page, label, choice) {
    await front(page).getByLabel(label, { exact: true }).selectOption({ label: choice });
}

/** By its words, which are larger than the box. */
async function tick(page, name) {
    const before = front(page);
    await before.locator('label', { hasText: name }).first().tap();
    assert.ok(await before.getByRole('checkbox', { name }).isChecked());
}

/** Presses what opens a picker, and picks. */
async function pick(page, name, files) {
    const [picker] = await Promise.all([page.waitForEvent('filechooser'), press(page, name)]);
    await picker.setFiles(files);
}

async function goTo(page, name) {
    await press(page, 'Menu', 'button');
    const entry = page.getByRole('link', { name: new RegExp(`^${name}`) }).filter({ visible: true }).first();
    await pressThis(entry);
    await page.getByRole('heading', { level: 1, name }).waitFor();
}

function text(name, words) {
    return { name, mimeType: 'text/plain', buffer: Buffer.from(words) };
}

test('from an empty machine to an accepted quote, in French and by thumb', async t => {
    let lucie;
    let camille;

    await t.test('1: the owner opens the printed link; a password that is too short is answered where she sees it', async () => {
        lucie = await world.visitor('', { ...phone, colorScheme: 'light' });
        await lucie.goto(await world.server.setUpLink());
        await look(lucie);
        await write(lucie, 'Nom', 'Atelier Saône');
        await write(lucie, 'Votre nom', 'Lucie Perrin');
        await write(lucie, 'E-mail', 'lucie@atelier-saone.test');
        await write(lucie, 'Mot de passe', 'court');
        await lucie.keyboard.press('Enter');
        await inSight(lucie.getByText('Utilisez au moins 12 caractères.'), 'the error');
        await write(lucie, 'Mot de passe', password);
        await press(lucie, 'Commencer');
        await lucie.getByRole('heading', { level: 1, name: 'Bonjour Lucie' }).waitFor();
        await look(lucie);
    });

    await t.test('2: a client, a project, its portal', async () => {
        await goTo(lucie, 'Clients');
        await look(lucie);
        await press(lucie, 'Nouveau client');
        await write(lucie, 'Nom', 'Camille Bérard');
        await write(lucie, 'E-mail', 'camille@brasserie.test');
        await look(lucie);
        await press(lucie, 'Enregistrer');
        await lucie.getByRole('heading', { level: 1, name: 'Camille Bérard' }).waitFor();
        await look(lucie);
        await press(lucie, 'Nouveau projet');
        await write(lucie, 'Nom', project);
        await look(lucie);
        await press(lucie, 'Enregistrer');
        await write(lucie, 'Étape', 'Maquettes');
        await press(lucie, 'Ajouter une étape');
        await lucie.locator('main').getByText('Maquettes').first().waitFor();
        await look(lucie);
        await press(lucie, 'Portail client');
        await lucie.getByRole('link', { name: 'Ajouter une note', exact: true }).waitFor();
        await look(lucie);
    });

    await t.test('3: a note, a link, a folder, files', async () => {
        await press(lucie, 'Ajouter une note');
        await write(lucie, 'Titre', 'Premier rendez-vous');
        await write(lucie, 'Note', 'Nous avons retenu **trois** étapes.');
        await look(lucie);
        await press(lucie, 'Enregistrer');
        await press(lucie, 'Ajouter un lien');
        await write(lucie, 'Adresse', 'planche.test/brasserie');
        await write(lucie, 'Titre', 'Planche');
        await look(lucie);
        await press(lucie, 'Enregistrer');
        await lucie.getByRole('link', { name: 'Planche', exact: true }).waitFor();
        await press(lucie, 'Nouveau dossier');
        await write(lucie, 'Nom', 'Contrat');
        await lucie.keyboard.press('Enter');
        await lucie.getByRole('dialog').waitFor({ state: 'hidden' });
        await putAwayKeyboard(lucie);
        await press(lucie, 'Contrat');
        await lucie.getByRole('heading', { level: 1, name: 'Contrat' }).waitFor();
        const pages = Array.from({ length: 8 }, (_, page) => `Page ${page + 1} du contrat.`);
        pages[6] += ' Le héron attend près du barrage.';
        await pick(lucie, 'Envoyer des fichiers', [
            { name: 'contrat.pdf', mimeType: 'application/pdf', buffer: await pdfWith(lucie, pages) },
            text('logo.txt', 'Un houblon vert.'),
        ]);
        await lucie.getByRole('link', { name: 'contrat.pdf', exact: true }).waitFor();
        await look(lucie);
    });

    await t.test('4: she shares it, and reads the mail that would have left', async () => {
        await press(lucie, 'Partager');
        await write(lucie, 'E-mail', 'cam');
        await look(lucie);
        await tick(lucie, 'Camille Bérard');
        await lucie.getByText(/1 personne aura accès à ces \d éléments/).waitFor();
        await press(lucie, 'Envoyer l’invitation');
        await lucie.getByText('Invité', { exact: true }).waitFor();
        await lucie.getByText('les e-mails ne sont pas envoyés').waitFor();
        await lucie.getByRole('link', { name: 'Ouvrir les e-mails sortants' }).waitFor();
        await look(lucie);
        const portal = lucie.url();
        await goTo(lucie, 'Réglages');
        await press(lucie, 'E-mails sortants');
        await lucie.getByText('rien ne part').waitFor();
        await look(lucie);
        await press(lucie, `Atelier Saône a partagé « ${project} » avec vous`);
        await lucie.getByText('Créer votre compte').waitFor();
        await look(lucie);
        await lucie.goto(portal);
    });

    await t.test('5: the client comes by the mail, and the dot turns green', async () => {
        const mail = await world.mailbox.nextTo('camille@brasserie.test');
        camille = await world.visitor('', { ...phone, colorScheme: 'dark' });
        await camille.setContent(mail.html);
        await look(camille);
        await press(camille, 'Créer votre compte');
        await camille.getByRole('heading', { level: 1, name: 'Bienvenue chez Atelier Saône' }).waitFor();
        await look(camille);
        await write(camille, 'Mot de passe', password);
        await putAwayKeyboard(camille);
        await press(camille, 'Créer le compte');
        await camille.getByRole('heading', { level: 1, name: 'Bonjour Camille' }).waitFor();
        await camille.getByText('Rien à faire pour le moment').waitFor();
        await look(camille);
        await lucie.getByText('Inscrit', { exact: true }).waitFor();
    });

    await t.test('6: she finds a sentence on page 7 by four letters, and takes the file with her', async () => {
        await write(camille, 'Rechercher', 'hero');
        await camille.locator('mark', { hasText: 'héron' }).waitFor();
        await look(camille);
        await camille.getByText('PDF, page 7').tap();
        await camille.getByRole('img', { name: 'Page 7 sur 8' }).waitFor();
        await look(camille);
        const [download] = await Promise.all([camille.waitForEvent('download'), press(camille, 'Télécharger')]);
        assert.equal(download.suggestedFilename(), 'contrat.pdf');
    });

    await t.test('she writes back, sees over the keyboard that it was sent, and the owner’s menu says that something came', async () => {
        await press(camille, 'Accueil');
        await pressThis(camille.getByRole('link', { name: new RegExp(project) }).first());
        await camille.getByText('Premier rendez-vous').waitFor();
        await look(camille);
        await press(camille, 'Écrire un message');
        await write(camille, 'Message', 'Le troisième logo nous plaît.');
        await press(camille, 'Envoyer');
        await inSight(camille.locator('#thread').getByText('Le troisième logo nous plaît.'), 'what was sent');
        await look(camille);
        const menu = lucie.getByRole('button', { name: 'Menu', exact: true });
        await lucie.locator('#navigation .navigation-count:not([hidden])').first().waitFor({ state: 'attached' });
        assert.notEqual(await menu.evaluate(button => getComputedStyle(button).backgroundImage), 'none');
        await goTo(lucie, 'Messages');
        await press(lucie, 'Camille Bérard');
        await write(lucie, 'Message', 'Avec plaisir, le devis arrive.');
        await press(lucie, 'Envoyer');
        await inSight(lucie.locator('#thread').getByText('Avec plaisir, le devis arrive.'), 'what was answered');
        await look(lucie);
    });

    await t.test('an approval and files are asked for', async () => {
        await goTo(lucie, 'Portails');
        await press(lucie, project);
        await lucie.getByRole('heading', { level: 1, name: project }).waitFor();
        await press(lucie, 'Contrat');
        await lucie.getByRole('heading', { level: 1, name: 'Contrat' }).waitFor();
        await press(lucie, 'logo.txt');
        await press(lucie, 'Demander une approbation');
        await look(lucie);
        await tick(lucie, 'Camille Bérard');
        await press(lucie, 'Envoyer la demande');
        await lucie.getByText('En attente', { exact: true }).waitFor();
        await look(lucie);
        await press(lucie, project);
        await press(lucie, 'Demander des fichiers');
        await write(lucie, 'De quoi il s’agit', 'Photos de la brasserie');
        await write(lucie, 'Fichiers, un par ligne', 'Façade : de jour');
        await look(lucie);
        await lucie.getByLabel('Pour le', { exact: true }).fill('2199-12-31');
        await press(lucie, 'Envoyer la demande');
        await lucie.getByRole('heading', { level: 1, name: 'Photos de la brasserie' }).waitFor();
        await look(lucie);
    });

    await t.test('a quote is sent', async () => {
        await goTo(lucie, 'Devis');
        await press(lucie, 'Nouveau devis');
        await choose(lucie, 'Projet', project);
        await look(lucie);
        await press(lucie, 'Enregistrer');
        await write(lucie, 'Description', 'Identité visuelle');
        await write(lucie, 'Prix unitaire', '1 200,50');
        await press(lucie, 'Ajouter une ligne');
        await lucie.getByText(/1\s200,50\s€/).first().waitFor();
        await look(lucie);
        await press(lucie, 'Envoyer');
        await lucie.getByRole('dialog').waitFor();
        await look(lucie);
        await press(lucie, 'Envoyer');
        await lucie.getByRole('heading', { level: 1, name: /^Devis Q-/ }).waitFor();
        await look(lucie);
    });

    await t.test('the client answers all three from her home', async () => {
        await press(camille, 'Accueil');
        await look(camille);
        await press(camille, 'Voir et répondre');
        await press(camille, 'Approuver');
        await camille.getByText(/Vous avez approuvé ce fichier/).waitFor();
        await look(camille);
        await press(camille, 'Accueil');
        await press(camille, 'Envoyer des fichiers');
        await camille.getByRole('heading', { level: 1, name: 'Photos de la brasserie' }).waitFor();
        await look(camille);
        await pick(camille, 'Envoyer le fichier', text('facade.txt', 'La façade, de jour.'));
        await camille.getByText(/tout ce qui est indispensable est arrivé/).waitFor();
        await look(camille);
        await press(camille, 'Accueil');
        await pressThis(camille.getByRole('link', { name: /^Devis Q-/ }).first());
        await camille.getByRole('heading', { level: 1, name: /^Devis Q-/ }).waitFor();
        await look(camille);
        await press(camille, 'Accepter');
        await camille.getByText(/^Accepté par Camille Bérard/).waitFor();
        await look(camille);
        await goTo(lucie, 'Devis');
        await lucie.getByText('Accepté', { exact: true }).first().waitFor();
        await look(lucie);
    });
});
