// Every page of the demo as each persona, light and dark, on a phone and on a desk, every mail, the pages of paying and of
// the second step in their states, and each kind of paper in both languages: pictures.mjs FOLDER

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { addressesInMails, atSecondStep, atSetUp } from './world/doors.mjs';
import { addLine, issueAndSend, sentInvoice } from './world/invoices.mjs';
import { overlays } from './world/overlays.mjs';
import { field, fillIn, press, send } from './world/steps.mjs';
import { walk } from './world/walk.mjs';
import { World, personas } from './world/world.mjs';

const folder = process.argv[2] ?? 'pictures';
const looks = ['light', 'dark'].flatMap(colorScheme => [360, 1280].map(width => ({ colorScheme, width })));
const taken = [];

rmSync(folder, { recursive: true, force: true });
const world = new World();
await world.start('demo', { stripe: true });
try {
    for (const name of ['stranger', ...personas]) {
        for (const look of looks) await drawEveryPage(name, look);
    }
    for (const name of Object.keys(overlays)) {
        for (const look of looks) await drawEveryOverlay(name, look);
    }
    await drawEveryDoor();
    await drawEveryMail();
    await drawSecondStep();
    await drawEveryPayment();
    // The last of all: Ada reads French afterwards.
    await drawEveryPaper();
} finally {
    await world.stop();
}
writeFileSync(join(folder, 'index.html'), gallery());
console.log(`${taken.length} pictures in ${folder}`);

function optionsFor({ colorScheme, width }) {
    return { colorScheme, viewport: { width, height: width < 600 ? 780 : 800 }, reducedMotion: 'reduce' };
}

async function drawEveryPage(name, { colorScheme, width }) {
    const options = optionsFor({ colorScheme, width });
    const page = name === 'stranger' ? await world.visitor('studio', options) : await world.signedIn(name, options);
    const place = join(name, `${width}-${colorScheme}`);
    await walk(page, (page, picture) => draw(page, join(place, `${picture}.png`)));
    await page.context().close();
}

/** As far as the window shows: what lies over a page does not grow with it. */
async function drawEveryOverlay(name, { colorScheme, width }) {
    const page = await world.signedIn(name, optionsFor({ colorScheme, width }));
    for (const [what, open] of Object.entries(overlays[name])) {
        await open(page);
        await draw(page, join(name, `${width}-${colorScheme}`, `over-${what}.png`), { fullPage: false });
    }
    await page.context().close();
}

/** The pages before signing in that nothing links to. */
async function drawEveryDoor() {
    const addresses = Object.entries(await addressesInMails(world));
    for (const look of looks) {
        const place = join('stranger', `${look.width}-${look.colorScheme}`);
        const page = await world.visitor('studio', optionsFor(look));
        for (const [what, address] of addresses) {
            await page.goto(address);
            await draw(page, join(place, `door-${what}.png`));
        }
        await page.context().close();
        await atSetUp(optionsFor(look), page => draw(page, join(place, 'door-set-up.png')));
    }
}

async function drawEveryMail() {
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/settings/components');
    const samples = await ada.locator('a[href*="/components/letter?"]').evaluateAll(links => links.map(link => [link.href, link.textContent]));
    for (const [address, words] of samples) {
        for (const { colorScheme, width } of looks) {
            await ada.emulateMedia({ colorScheme });
            await ada.setViewportSize({ width, height: 800 });
            await ada.goto(address);
            await draw(ada, join('mails', `${width}-${colorScheme}`, `${words.trim().replace(/[^a-z0-9]+/g, '-')}.png`));
        }
    }
    for (const [index, mail] of (await world.mailbox.all()).entries()) {
        for (const { colorScheme, width } of looks) {
            const page = await world.visitor('studio', { colorScheme, viewport: { width, height: 800 } });
            await page.setContent(mail.html ?? `<pre>${mail.text}</pre>`);
            const words = mail.subject.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 50);
            await draw(page, join('mails', `${width}-${colorScheme}`, `${index + 1}-${words}.png`));
            await page.context().close();
        }
    }
}

async function drawSecondStep() {
    for (const look of looks) {
        let step = 0;
        const place = join('second-step', `${look.width}-${look.colorScheme}`);
        await atSecondStep(optionsFor(look), page => draw(page, join(place, `${++step}.png`)));
    }
}

/** In a world of its own, whose clock is that of the fake: what it signs is five minutes old at most. */
async function drawEveryPayment() {
    const shop = new World();
    await shop.start('demo', { stripe: true });
    try {
        const ada = await shop.signedIn('ada');
        for (const look of looks) await drawPayment(shop, await sentInvoice(ada, 'Consulting', '250'), look);
    } finally {
        await shop.stop();
    }
}

/** A bank debit that is on its way and fails, and then a card. */
async function drawPayment(shop, invoice, look) {
    const carol = await shop.signedIn('carol', optionsFor(look));
    const place = join('payments', `${look.width}-${look.colorScheme}`);
    await carol.goto(invoice);
    await draw(carol, join(place, '1-to-pay.png'));
    await payBy(carol, 'bank debit', 'Your payment is on its way.');
    await draw(carol, join(place, '2-on-its-way.png'));
    const { intents } = await shop.stripe.control('state');
    await shop.stripe.control(`payments/${intents.at(-1).id}/fail`);
    await carol.getByText('The payment failed, and nothing was charged.').waitFor();
    await draw(carol, join(place, '3-failed.png'));
    await carol.goto(invoice);
    await payBy(carol, 'card', 'Paid. Thank you!');
    await draw(carol, join(place, '4-paid.png'));
    await carol.goto(invoice);
    await draw(carol, join(place, '5-invoice-paid.png'));
    await carol.context().close();
}

/** The page in between goes on by itself, to the fake's. */
async function payBy(page, way, outcome) {
    await page.getByRole('button', { name: /^Pay / }).click();
    await page.getByRole('button', { name: `Pay by ${way}` }).click();
    await page.getByText(outcome).waitFor();
}

/** With a logo, as the files that people download, a picture of each of their sheets. */
async function drawEveryPaper() {
    const ada = await world.signedIn('ada');
    await giveLogo(ada);
    const papers = await addressesOfPapers(ada);
    for (const [language, name] of [['en', 'English'], ['fr', 'Français']]) {
        await ada.goto('/staff/account');
        if (language !== 'en') {
            await field(ada, 'Language').selectOption({ label: name });
            await send(field(ada, 'Language'));
        }
        await ada.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
        for (const [kind, address] of Object.entries(papers)) await drawPaper(ada, `${kind}-${language}`, address);
    }
    await ada.context().close();
}

async function giveLogo(ada) {
    const paper = await ada.context().browser().newPage();
    await paper.setContent('<svg width="240" height="60"><circle cx="30" cy="30" r="28" fill="#2f6f5e"/><path d="M70 52V8l60 44V8" fill="none" stroke="#1c1c1f" stroke-width="10"/></svg>');
    const buffer = await paper.locator('svg').screenshot({ omitBackground: true });
    await paper.close();
    await ada.goto('/staff/settings/looks');
    await ada.locator('#logo input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer });
    await press(ada, 'Save logo');
    await ada.getByRole('button', { name: 'Remove logo' }).waitFor();
}

/** Of an invoice, what was paid of it, what takes it back, and a quote. */
async function addressesOfPapers(ada) {
    await writeDraft(ada, '/staff/quotes', 'Draft quote');
    await press(ada, 'Send');
    await ada.getByText('Send to').waitFor();
    await send(field(ada, 'Message'));
    await ada.getByText('Waiting for an answer').waitFor();
    const quote = new URL(ada.url()).pathname;
    await writeDraft(ada, '/staff/invoices', 'Draft invoice');
    const invoice = `/staff${await issueAndSend(ada)}`;
    await ada.goto(invoice);
    await fillIn(ada, 'Record payment', { Amount: '100' });
    const receipt = await ada.locator('a[download][href$="/receipt"]').first().getAttribute('href');
    await ada.goto(`${invoice}/credit-notes/new`);
    await press(ada, 'Issue credit note');
    await ada.getByRole('heading', { level: 1, name: /^Credit note CN-/ }).waitFor();
    const note = new URL(ada.url()).pathname;
    return { invoice: `${invoice}/paper`, quote: `${quote}/paper`, 'credit-note': `${note}/paper`, receipt };
}

async function writeDraft(ada, list, title) {
    await ada.goto(`${list}/new`);
    await field(ada, 'Client').selectOption({ label: 'Carol Meyer' });
    await send(field(ada, 'Client'));
    await ada.getByRole('heading', { level: 1, name: title }).waitFor();
    await addLine(ada, 'Design of eight page types, with two rounds of changes', '5350.66', 'VAT 20 %');
    await addLine(ada, 'Books', '12.50', 'VAT 5.5 %');
    await addLine(ada, 'Translation', '120', 'Reverse charge');
}

async function drawPaper(page, name, address) {
    const bytes = await page.evaluate(async href => [...new Uint8Array(await (await fetch(href)).arrayBuffer())], address);
    const place = join(folder, 'papers');
    const file = join(place, `${name}.pdf`);
    mkdirSync(place, { recursive: true });
    writeFileSync(file, Buffer.from(bytes));
    const drawn = spawnSync('pdftoppm', ['-png', '-r', '96', file, join(place, name)], { encoding: 'utf8' });
    if (drawn.status !== 0) throw new Error(`pdftoppm ${file}: ${drawn.error ?? drawn.stderr}`);
    const sheets = readdirSync(place).filter(sheet => sheet.startsWith(`${name}-`) && sheet.endsWith('.png'));
    taken.push(...sheets.toSorted().map(sheet => join('papers', sheet)));
}

async function draw(page, path, { fullPage = true } = {}) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    await page.screenshot({ path: join(folder, path), fullPage });
    taken.push(path);
}

/** All of them on one page, to be looked at. */
function gallery() {
    const figures = taken.map(path => `<figure><a href="${path}"><img src="${path}" loading="lazy" width="240"></a><figcaption>${path}</figcaption></figure>`);
    return `<!doctype html><meta charset="utf-8"><title>Pictures</title><style>figure{display:inline-block;width:240px;vertical-align:top}figcaption{font:11px sans-serif;overflow-wrap:anywhere}</style>${figures.join('')}`;
}
