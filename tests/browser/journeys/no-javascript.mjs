// P40: every page and form works without JavaScript.

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { addLine } from '../world/invoices.mjs';
import { eventually } from '../world/server.mjs';
import { field, fillIn, invitationLink, openPortal, pdfWith, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const plain = { javaScriptEnabled: false };
const password = 'a lighthouse keeps seven lamps';
const portal = 'The new website';

/** Opens the menu of one item and presses what it holds. */
async function choose(page, item, entry) {
    const row = page.locator('#items .row').filter({ has: page.getByText(item, { exact: true }) });
    await row.locator('details.menu summary').click();
    await press(row, entry);
}

function names(page) {
    return page.locator('#items .row-name').allInnerTexts();
}

test('P40: without JavaScript, staff prepare and share a portal and its client uses it', async t => {
    const ada = await world.signedIn('ada', plain);
    let place;
    let link;
    let nora;

    await t.test('a new client, and what was typed stays when the address is wrong', async () => {
        await ada.goto('/staff/clients');
        await fillIn(ada, 'New client', { Name: 'Nora Voss', Email: 'carol@acme.test', Company: 'Acme' });
        await ada.getByText('A client with this address is here already.').waitFor();
        assert.equal(await field(ada, 'Name').inputValue(), 'Nora Voss');
        await field(ada, 'Email').fill('nora@acme.test');
        await send(field(ada, 'Email'));
        await ada.getByRole('heading', { level: 1, name: 'Nora Voss' }).waitFor();
    });

    await t.test('a new project, a milestone, and its portal', async () => {
        await ada.goto('/staff/projects');
        await fillIn(ada, 'New project', { Name: portal, Client: 'Nora Voss' });
        await ada.getByRole('heading', { level: 1, name: portal }).waitFor();
        await field(ada, 'Milestone').fill('Kick-off');
        await send(field(ada, 'Milestone'));
        await ada.locator('main').getByText('Kick-off').first().waitFor();
        await press(ada, 'Client portal');
        await ada.waitForURL(/\/staff\/portals\/[^/]+$/);
        place = ada.url();
    });

    await t.test('a note, a link, a folder', async () => {
        await fillIn(ada, 'Add note', { Title: 'Recap', Note: 'We agreed on **three** milestones.' });
        await fillIn(ada, 'Add link', { Title: 'Staging', Address: 'https://staging.studio.test/' });
        await fillIn(ada, 'New folder', { Name: 'Contracts' });
        await ada.getByRole('link', { name: 'Contracts', exact: true }).waitFor();
        assert.deepEqual((await names(ada)).toSorted(), ['Contracts', 'Recap', 'Staging']);
    });

    await t.test('files by the plain form, into the folder', async () => {
        await ada.getByRole('link', { name: 'Contracts', exact: true }).click();
        const pages = ['The first page.', 'The heron waits by the weir.'];
        await ada.getByLabel('Files', { exact: true }).setInputFiles([
            { name: 'Vertrag über alles.pdf', mimeType: 'application/pdf', buffer: await pdfWith(await world.visitor(), pages) },
            { name: 'terms.txt', mimeType: 'text/plain', buffer: Buffer.from('Thirty days, net.') },
        ]);
        await press(ada, 'Upload files');
        await ada.getByRole('link', { name: 'terms.txt' }).waitFor();
        assert.deepEqual((await names(ada)).toSorted(), ['Vertrag über alles.pdf', 'terms.txt'].toSorted());
    });

    await t.test('rename, move up, delete and undo', async () => {
        await ada.goto(place);
        await choose(ada, 'Staging', 'Rename');
        await field(ada, 'Name').fill('Staging site');
        await send(field(ada, 'Name'));
        await ada.getByRole('link', { name: 'Staging site' }).waitFor();
        const [first, second, third] = await names(ada);
        await press(ada, `Move ${second} up`);
        await ada.locator('#items .row').nth(0).getByText(second, { exact: true }).waitFor();
        assert.deepEqual(await names(ada), [second, first, third]);
        await choose(ada, 'Recap', 'Delete');
        await ada.getByText('“Recap” was deleted.').waitFor();
        assert.ok(!(await names(ada)).includes('Recap'));
        await press(ada, 'Undo');
        await ada.getByRole('link', { name: 'Recap' }).waitFor();
        assert.deepEqual(await names(ada), [second, first, third]);
    });

    await t.test('Share is a page that says what is wrong and sends the invitation', async () => {
        await press(ada, 'Share');
        await field(ada, 'Email').fill('nora');
        await field(ada, 'Message').fill('Have a look');
        await press(ada, 'Send invitation');
        await ada.getByText('Choose people from the list, or write whole addresses').waitFor();
        assert.equal(await field(ada, 'Message').inputValue(), 'Have a look');
        await field(ada, 'Email').fill('nora@acme.test');
        await press(ada, 'Send invitation');
        await ada.locator('#grants').getByText('Invited', { exact: true }).waitFor();
        assert.equal(ada.url(), place);
    });

    await t.test('the client chooses a password and stands at home', async () => {
        nora = await world.visitor('studio', plain);
        link = await invitationLink(nora, await world.mailbox.nextTo('nora@acme.test'));
        await nora.goto(link);
        await field(nora, 'Password').fill('short');
        await send(field(nora, 'Password'));
        await nora.getByText('Use at least 12 characters.').waitFor();
        await field(nora, 'Password').fill(password);
        await send(field(nora, 'Password'));
        await nora.getByRole('heading', { level: 1, name: /Nora/ }).waitFor();
    });

    await t.test('she opens the portal, reads the note, and previews a file', async () => {
        await nora.getByRole('link', { name: portal }).click();
        await nora.getByText('Kick-off').first().waitFor();
        await nora.getByRole('link', { name: 'Recap' }).click();
        assert.equal(await nora.locator('main strong').innerText(), 'three');
        await nora.goBack();
        await nora.getByRole('link', { name: 'Contracts', exact: true }).click();
        await nora.getByRole('link', { name: 'terms.txt' }).click();
        await nora.getByText('Thirty days, net.').waitFor();
        for (const name of ['cyril', 'dora', 'eve']) {
            const other = await world.signedIn(name, plain);
            assert.equal((await other.goto(new URL(nora.url()).pathname)).status(), 404, name);
        }
    });

    await t.test('she downloads a file under its name', async () => {
        await nora.goBack();
        await nora.getByRole('link', { name: 'Vertrag über alles.pdf' }).click();
        const [download] = await Promise.all([nora.waitForEvent('download'), press(nora, 'Download')]);
        assert.equal(download.suggestedFilename(), 'Vertrag über alles.pdf');
        assert.equal(readFileSync(await download.path()).subarray(0, 5).toString(), '%PDF-');
    });

    await t.test('she finds the sentence on page 2', async () => {
        await press(nora, 'Search');
        await field(nora, 'Search').fill('heron');
        await field(nora, 'Search').press('Enter');
        const hit = nora.getByRole('link', { name: 'Vertrag über alles.pdf' });
        await eventually('the PDF has been read', async () => await hit.count() > 0 || !await nora.reload());
        assert.equal(await hit.locator('mark').innerText(), 'heron');
        assert.match(await hit.innerText(), /page 2$/);
        await hit.click();
        await nora.getByRole('img', { name: 'Page 2 of 2' }).waitFor();
    });

    await t.test('Ada sees that she has joined, and takes the portal away and gives it back', async () => {
        await ada.reload();
        const row = ada.locator('#grants .row').filter({ hasText: 'Nora Voss' });
        for (const [button, dot, status] of [[null, 'Joined', 200], ['Revoke', 'Revoked', 404], ['Restore access', 'Joined', 200]]) {
            if (button) await press(row, button);
            await row.getByText(dot, { exact: true }).waitFor();
            assert.equal((await nora.goto(place.replace('/staff', ''))).status(), status, dot);
        }
    });

    await t.test('she signs out, and in again', async () => {
        await nora.locator('.person-menu summary').click();
        await press(nora, 'Sign out');
        await nora.goto(place.replace('/staff', ''));
        await field(nora, 'Email').fill('nora@acme.test');
        await field(nora, 'Password').fill(password);
        await press(nora, 'Sign in');
        await nora.getByRole('heading', { level: 1, name: portal }).waitFor();
    });
});

test('P40: nothing that only a script can do is offered without one', async () => {
    const [ada, carol] = [await world.signedIn('ada', plain), await world.signedIn('carol', plain)];
    await openPortal(ada, 'Studio resources');
    await carol.goto('/account');
    for (const [page, needsScript] of [[ada, '.reorder-handle'], [ada, '.upload-hint'], [carol, '[data-reveal]']]) {
        await page.locator(needsScript).first().waitFor({ state: 'attached' });
        assert.equal(await page.locator(needsScript).filter({ visible: true }).count(), 0, needsScript);
    }
    for (const [page, path] of [[ada, '/staff/search'], [carol, '/search']]) {
        await press(page, 'Search');
        await page.waitForURL(url => url.pathname === path);
        await field(page, 'Search').waitFor();
    }
});

test('P40: without JavaScript, staff record payments, credit an invoice and start a subscription, and the client sees it', async t => {
    const [ada, carol] = [await world.signedIn('ada', plain), await world.signedIn('carol', plain)];
    await carol.goto('/billing');
    // What is due stands first, by its due day.
    const invoices = carol.locator('a.row-name[href^="/invoices/"]');
    const [paid, credited] = await invoices.evaluateAll(links => links.map(link => link.getAttribute('href')));

    await t.test('a payment, and what was typed stays when the amount cannot be read', async () => {
        await ada.goto(`/staff${paid}`);
        await ada.getByText('Content inventory and interviews').waitFor();
        await fillIn(ada, 'Record payment', { Amount: 'a part', Remarks: 'By cheque' });
        await ada.getByText('Write a number, such as 12.50.').waitFor();
        assert.equal(await field(ada, 'Remarks').inputValue(), 'By cheque');
        await field(ada, 'Amount').fill('824');
        await send(field(ada, 'Amount'));
        await ada.getByText('Partly paid').waitFor();
        // By hand: 16 × 95 and 20 % of it, less 824.
        assert.match(await ada.locator('.billing-beside .billing-total').innerText(), /Balance\s+€1,000\.00/);
    });

    await t.test('the rest, which the form knows', async () => {
        await fillIn(ada, 'Record payment', { Remarks: 'Bank transfer' });
        await ada.locator('.billing-beside').getByText('Bank transfer').waitFor();
        assert.deepEqual(await ada.locator('.page-detail .badge').allTextContents(), ['Paid']);
    });

    await t.test('the client sees that it is paid, and nothing of what staff noted; nobody else sees it', async () => {
        await carol.goto(paid);
        assert.deepEqual(await carol.locator('.page-detail .badge').allTextContents(), ['Paid']);
        await carol.getByText('€1,824.00 invoiced · €1,824.00 paid').waitFor();
        assert.deepEqual(await carol.locator('.client-invoice .row-name').allTextContents(), ['Payment', 'Payment']);
        assert.equal(await carol.getByText('Amount due').or(carol.getByText('By cheque')).count(), 0);
        await carol.goto('/billing');
        assert.equal(await carol.locator(`a[href="${paid}"]`).count(), 1, 'it is due no more');
        for (const name of ['cyril', 'dora', 'eve']) {
            const other = await world.signedIn(name, plain);
            assert.equal((await other.goto(paid)).status(), 404, name);
        }
    });

    await t.test('one line of another is credited', async () => {
        await ada.goto(`/staff${credited}`);
        await ada.locator('.page-actions summary').click();
        await press(ada, 'Credit');
        for (const kept of ['Design of eight page types, with two rounds of changes', 'Photographs of the workshop, licence for three years']) {
            await field(ada, kept).fill('');
        }
        await field(ada, 'Reason').fill('We had it already.');
        await send(field(ada, 'Reason'));
        await ada.getByRole('heading', { level: 1, name: /^Credit note CN-/ }).waitFor();
        await ada.getByText('We had it already.').waitFor();
        // By hand: 149.90 and 20 % of it, and what is left of 6,952.68.
        assert.match(await ada.locator('.paper .billing-total').innerText(), /Total\s+€179\.88/);
        await carol.goto(credited);
        assert.match(await carol.locator('.stats').innerText(), /Amount due\s+€6,772\.80/);
        await carol.getByText('€6,952.68 invoiced · €179.88 credited').waitFor();
    });

    await t.test('a subscription, whose first invoice is there at once', async () => {
        await ada.goto('/staff/subscriptions');
        await fillIn(ada, 'New subscription', { Name: 'Weekly care', Client: 'Carol Meyer', 'Unit of time': 'weeks' });
        await ada.getByRole('heading', { level: 1, name: 'Weekly care' }).waitFor();
        await addLine(ada, 'Updates', '4711');
        await press(ada, 'Start subscription');
        await ada.getByText('Running', { exact: true }).waitFor();
        assert.equal(await ada.getByRole('link', { name: /^Invoice INV-/ }).count(), 1);
        await carol.goto('/billing');
        await carol.getByText('Weekly care').waitFor();
        for (const name of ['cyril', 'dora']) {
            const other = await world.signedIn(name, plain);
            await other.goto('/billing');
            assert.equal(await other.getByText('Weekly care').count(), 0, name);
        }
    });
});
