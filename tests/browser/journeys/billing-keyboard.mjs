// P42: what the studio bills with, by keyboard alone: a quote, a credit of a part, a subscription. (The invoice is in billing.mjs.)

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { sentInvoice } from '../world/invoices.mjs';
import { assertFocus, enter, focused, tabTo } from '../world/keyboard.mjs';
import { field } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();

/** Where the focus may be already: the first field of what just opened. */
async function reach(page, name) {
    if ((await focused(page)).name !== name) await tabTo(page, name);
}

/** As far as is needed to find it in a list. */
async function choose(page, label, letters, option) {
    await reach(page, label);
    await page.keyboard.type(letters);
    assert.equal(await field(page, label).evaluate(chosen => chosen.selectedOptions[0].text), option);
}

async function type(page, label, words) {
    await reach(page, label);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(words);
}

/** The form keeps the focus. */
async function isAdded(page, description) {
    await page.locator('#lines .table').getByText(description).waitFor();
    await assertFocus(page, `after ${description}`);
    assert.ok(await page.evaluate(() => document.activeElement.closest('#lines') !== null));
}

async function onlyCarolSees(path) {
    const carol = await world.signedIn('carol');
    assert.equal((await carol.goto(path)).status(), 200);
    for (const name of ['cyril', 'dora', 'eve']) {
        const other = await world.signedIn(name);
        assert.equal((await other.goto(path)).status(), 404, name);
        await other.context().close();
    }
    return carol;
}

const pathOf = page => new URL(page.url()).pathname;

test('P42: Ada writes a quote with an option and sends it', async () => {
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/quotes');
    await tabTo(ada, 'New quote');
    await enter(ada);
    await choose(ada, 'Client', 'Carol', 'Carol Meyer');
    await tabTo(ada, 'Save');
    await enter(ada);
    await ada.getByRole('heading', { level: 1, name: 'Draft quote' }).waitFor();

    await type(ada, 'Description', 'Design');
    await type(ada, 'Unit price', '1000');
    await choose(ada, 'Tax', 'VAT 20', 'VAT 20 %');
    await tabTo(ada, 'Add line');
    await ada.keyboard.press('Enter');
    await isAdded(ada, 'Design');
    await type(ada, 'Description', 'Photographs');
    await type(ada, 'Unit price', '100');
    await choose(ada, 'Tax', 'VAT 20', 'VAT 20 %');
    await tabTo(ada, 'Optional: the client may choose it');
    await ada.keyboard.press('Space');
    await tabTo(ada, 'Add line');
    await ada.keyboard.press('Enter');
    await isAdded(ada, 'Photographs');

    await tabTo(ada, 'Send', 'Shift+Tab');
    await ada.keyboard.press('Enter');
    await ada.getByRole('dialog').waitFor();
    await ada.waitForFunction(() => document.activeElement.matches('dialog[open] input:checked'));
    assert.match((await focused(ada)).name, /Carol Meyer/);
    await assertFocus(ada, 'in the dialog');
    await tabTo(ada, 'Send');
    await enter(ada);
    await ada.getByText('Waiting for an answer').waitFor();
    const carol = await onlyCarolSees(pathOf(ada).replace('/staff', ''));
    // By hand: 1,000 and 20 % of it; what is optional does not count yet.
    assert.match(await carol.locator('.stats').innerText(), /Total\s+€1,200\.00/);
});

test('P42: Ada credits a half of a line', async () => {
    const ada = await world.signedIn('ada');
    const invoice = await sentInvoice(ada, 'Proofreading', '250');
    await ada.goto(`/staff${invoice}`);
    await tabTo(ada, 'More');
    await ada.keyboard.press('Enter');
    await tabTo(ada, 'Credit');
    await ada.keyboard.press('Enter');
    await ada.getByRole('dialog').waitFor();
    await ada.waitForFunction(() => document.querySelector('dialog[open]').contains(document.activeElement));
    await type(ada, 'Proofreading', '0.5');
    await type(ada, 'Reason', 'Half of it was enough');
    await tabTo(ada, 'Issue credit note');
    await enter(ada);
    await ada.getByRole('heading', { level: 1, name: /^Credit note CN-/ }).waitFor();
    assert.match(await ada.locator('.paper .billing-total').innerText(), /€125\.00/);
    const carol = await onlyCarolSees(invoice);
    assert.match(await carol.locator('.stats').innerText(), /Amount due\s+€125\.00/);
});

test('P42: Ada starts a subscription', async () => {
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/subscriptions');
    await tabTo(ada, 'New subscription');
    await enter(ada);
    await type(ada, 'Name', 'Weekly proofs');
    await choose(ada, 'Client', 'Carol', 'Carol Meyer');
    await choose(ada, 'Unit of time', 'weeks', 'weeks');
    await tabTo(ada, 'Name', 'Shift+Tab');
    await enter(ada);
    await ada.getByRole('heading', { level: 1, name: 'Weekly proofs' }).waitFor();
    await type(ada, 'Description', 'Proofs');
    await type(ada, 'Unit price', '4712');
    await ada.keyboard.press('Enter');
    await isAdded(ada, 'Proofs');
    await tabTo(ada, 'Start subscription', 'Shift+Tab');
    await enter(ada);
    await ada.getByText('Running', { exact: true }).waitFor();
    const made = ada.getByRole('link', { name: /^Invoice INV-/ });
    assert.equal(await made.count(), 1);
    await onlyCarolSees((await made.getAttribute('href')).replace('/staff', ''));
});
