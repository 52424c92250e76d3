// P22: a client chooses an option and accepts a quote with their name: on a phone, by keyboard alone, without JavaScript.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { misfits } from '../world/fit.mjs';
import { addLine } from '../world/invoices.mjs';
import { tabTo } from '../world/keyboard.mjs';
import { field, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

/** 1,000 fixed and 100 that may be chosen, with 20 % each; sent to Carol. Gives back its address for clients. */
async function sentQuote() {
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/quotes');
    await press(ada, 'New quote');
    await field(ada, 'Client').selectOption({ label: 'Carol Meyer' });
    await send(field(ada, 'Client'));
    await ada.getByRole('heading', { level: 1, name: 'Draft quote' }).waitFor();
    await addLine(ada, 'Design', '1000', 'VAT 20 %');
    await field(ada, 'Optional: the client may choose it').check();
    await addLine(ada, 'Photographs', '100', 'VAT 20 %');
    await press(ada, 'Send');
    await ada.getByText('Send to').waitFor();
    await send(field(ada, 'Message'));
    await ada.getByText('Waiting for an answer').waitFor();
    const path = new URL(ada.url()).pathname;
    await ada.context().close();
    return path.replace('/staff', '');
}

/** By hand: 1,100 and 20 % of it. */
async function isAccepted(page, name) {
    await page.getByText(`Accepted by ${name}`).waitFor();
    assert.match(await page.locator('.stats').innerText(), /Total\s+€1,320\.00/);
    assert.equal(await page.getByRole('button', { name: 'Accept', exact: true }).count(), 0);
}

async function nobodyElseSees(path) {
    for (const name of ['cyril', 'dora', 'eve']) {
        const other = await world.signedIn(name);
        assert.equal((await other.goto(path)).status(), 404, name);
    }
}

for (const [how, options] of [['with JavaScript', {}], ['without', { javaScriptEnabled: false }]]) {
    test(`on a phone, ${how}: the option ticked, the name typed, accepted`, async () => {
        const path = await sentQuote();
        const carol = await world.signedIn('carol', { ...phone, ...options });
        await carol.goto(path);
        assert.match(await carol.locator('.stats').innerText(), /Total\s+€1,200\.00/, 'what is optional does not count yet');
        assert.deepEqual(await misfits(carol), []);
        await field(carol, 'Photographs · €100.00').check();
        await field(carol, 'Name').fill('');
        await press(carol, 'Accept');
        // The browser's own check of what is required, which needs no script.
        assert.ok(await field(carol, 'Name').evaluate(name => name.matches(':invalid')));
        await field(carol, 'Name').fill('Carol M. Meyer');
        await press(carol, 'Accept');
        await isAccepted(carol, 'Carol M. Meyer');
        assert.deepEqual(await misfits(carol), []);
        await nobodyElseSees(path);
    });
}

test('by keyboard alone, from the home page on', async () => {
    const path = await sentQuote();
    const carol = await world.signedIn('carol');
    await carol.goto('/');
    const number = await carol.locator(`a[href="${path}"]`).first().innerText();
    await tabTo(carol, new RegExp(number.split('\n')[0]));
    await carol.keyboard.press('Enter');
    await carol.waitForURL(url => url.pathname === path);
    await tabTo(carol, 'Photographs · €100.00');
    await carol.keyboard.press('Space');
    await tabTo(carol, 'Name');
    await carol.keyboard.press('Control+a');
    await carol.keyboard.type('Carol M. Meyer');
    await carol.keyboard.press('Enter');
    await isAccepted(carol, 'Carol M. Meyer');
});

test('what is declined says why, by keyboard on a phone', async () => {
    const path = await sentQuote();
    const carol = await world.signedIn('carol', phone);
    await carol.goto(path);
    await field(carol, 'Reason').focus();
    await carol.keyboard.type('Not this year.');
    await tabTo(carol, 'Decline');
    await carol.keyboard.press('Enter');
    await carol.getByText('Declined by Carol Meyer').waitFor();
    await carol.getByText('Not this year.').waitFor();
    assert.equal(await carol.getByRole('button', { name: 'Accept', exact: true }).count(), 0);
});
