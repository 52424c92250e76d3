// Invoices in a browser: Ada writes and issues one, its client looks at it on a phone and prints it.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { misfits } from '../world/fit.mjs';
import { sentInvoice } from '../world/invoices.mjs';
import { assertFocus, enter, focused, tabTo } from '../world/keyboard.mjs';
import { field, markDocument, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const longWord = 'Donaudampfschifffahrtsgesellschaftskapitänspatentverlängerungsantrag';

async function addLine(page, { Description, Quantity, Unit, 'Unit price': price, Discount, Tax }) {
    await field(page, 'Description').fill(Description);
    await field(page, 'Quantity').fill(Quantity);
    // By keyboard: the unit is next, and found by its first letters.
    await field(page, 'Quantity').press('Tab');
    await page.keyboard.type(Unit);
    assert.equal(await field(page, 'Unit').evaluate(chosen => chosen.selectedOptions[0].text), Unit);
    await field(page, 'Unit').press('Tab');
    await page.keyboard.type(price);
    await field(page, 'Discount').fill(Discount);
    await field(page, 'Tax').selectOption({ label: Tax });
    await press(page, 'Add line');
    await page.locator('#lines .table').getByText(Description).waitFor();
}

async function fitsItsWidth(page) {
    const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= window, `${page.url()} is ${wide} pixels wide`);
}

for (const [how, options] of [['with JavaScript', {}], ['without', { javaScriptEnabled: false }]]) {
    test(`Ada issues an invoice and Carol sees it on a phone, ${how}`, async () => {
        const ada = await world.signedIn('ada', options);
        await ada.goto('/staff/invoices');
        await press(ada, 'New invoice');
        await field(ada, 'Client').selectOption({ label: 'Carol Meyer' });
        await send(field(ada, 'Client'));
        await ada.getByRole('heading', { level: 1, name: 'Draft invoice' }).waitFor();

        const isSame = options.javaScriptEnabled === false ? undefined : await markDocument(ada);
        await addLine(ada, { Description: 'Consulting', Quantity: '16', Unit: 'hour', 'Unit price': '348.35', Discount: '4', Tax: 'VAT 20 %' });
        await addLine(ada, { Description: 'Travel', Quantity: '1', Unit: 'No unit', 'Unit price': '12,50', Discount: '', Tax: 'No tax' });
        if (isSame) assert.ok(await isSame(), 'only the lines were replaced');
        // By hand: 5350.66, 20 % of it 1070.13, and 12.50 without tax.
        assert.match(await ada.locator('.billing-total').innerText(), /€6,433\.29/);

        await press(ada, 'Issue invoice');
        const heading = ada.getByRole('heading', { level: 1, name: /^Invoice INV-/ });
        await heading.waitFor();
        const title = await heading.innerText();
        await press(ada, 'Send');
        await ada.getByText('Send to').waitFor();
        await ada.getByLabel('Message').fill('Thank you!');
        await send(ada.getByLabel('Message'));
        await ada.getByText('carol@acme.test').waitFor();

        const carol = await world.signedIn('carol', { ...phone, ...options });
        await carol.getByRole('link', { name: title }).first().click();
        await carol.getByRole('heading', { level: 1, name: title }).waitFor();
        assert.match(await carol.locator('.stats').innerText(), /Amount due\s+€6,433\.29/);
        await carol.getByText('16 hours').waitFor();
        await fitsItsWidth(carol);
        await carol.goto('/billing');
        await fitsItsWidth(carol);
        for (const name of ['cyril', 'dora']) {
            const other = await world.signedIn(name, options);
            await other.goto('/billing');
            assert.equal(await other.getByText(title).count(), 0, name);
        }
    });
}

test('P42: Ada writes, issues and sends an invoice and records a part of it, by keyboard alone', async t => {
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/invoices');

    await t.test('she begins one for Carol', async () => {
        await tabTo(ada, 'New invoice');
        await enter(ada);
        await tabTo(ada, 'Client');
        await ada.keyboard.type('Carol');
        assert.equal(await field(ada, 'Client').evaluate(chosen => chosen.selectedOptions[0].text), 'Carol Meyer');
        await tabTo(ada, 'Save');
        await enter(ada);
        await ada.getByRole('heading', { level: 1, name: 'Draft invoice' }).waitFor();
    });

    await t.test('a line, which keeps the focus in its form', async () => {
        await tabTo(ada, 'Description');
        await ada.keyboard.type('Proofreading');
        await tabTo(ada, 'Unit price');
        await ada.keyboard.type('250');
        await ada.keyboard.press('Enter');
        await ada.locator('#lines .table').getByText('Proofreading').waitFor();
        await assertFocus(ada, 'after the line');
        assert.ok(await ada.evaluate(() => document.activeElement.closest('#lines') !== null));
    });

    await t.test('she issues it', async () => {
        await tabTo(ada, 'Issue invoice', 'Shift+Tab');
        await enter(ada);
        await ada.getByRole('heading', { level: 1, name: /^Invoice INV-/ }).waitFor();
    });

    await t.test('she sends it to Carol, who is chosen already', async () => {
        await tabTo(ada, 'Send');
        await ada.keyboard.press('Enter');
        await ada.getByRole('dialog').waitFor();
        await ada.waitForFunction(() => document.activeElement.matches('dialog[open] input:checked'));
        assert.match((await focused(ada)).name, /Carol Meyer/);
        await assertFocus(ada, 'in the dialog');
        await tabTo(ada, 'Message');
        await ada.keyboard.type('Thank you!');
        await tabTo(ada, 'Send');
        await enter(ada);
        await ada.locator('.billing-beside').getByText('carol@acme.test').waitFor();
    });

    await t.test('a part of it has come in', async () => {
        await tabTo(ada, 'Record payment');
        await ada.keyboard.press('Enter');
        await ada.getByRole('dialog').waitFor();
        await ada.waitForFunction(() => document.activeElement.matches('dialog[open] input[name=amount]'));
        await assertFocus(ada, 'in the dialog');
        await ada.keyboard.press('Control+a');
        await ada.keyboard.type('100');
        await enter(ada);
        assert.deepEqual(await ada.locator('.page-detail .badge').allTextContents(), ['Partly paid']);
        assert.match(await ada.locator('.billing-beside .billing-total').innerText(), /Balance\s+€150\.00/);
    });

    await t.test('Carol sees what is left, and nobody else does', async () => {
        const path = new URL(ada.url()).pathname.replace('/staff', '');
        const carol = await world.signedIn('carol');
        await carol.goto(path);
        assert.match(await carol.locator('.stats').innerText(), /Amount due\s+€150\.00/);
        for (const name of ['cyril', 'dora', 'eve']) {
            const other = await world.signedIn(name);
            assert.equal((await other.goto(path)).status(), 404, name);
        }
    });
});

// The quote has an introduction, sections and a deposit.
for (const [what, name, pages] of [['invoice', 'carol', 1], ['quote', 'carol', 2], ['credit note', 'dora', 1]]) {
    test(`an issued ${what} prints on ${pages === 1 ? 'one page' : 'two pages'}, with nothing around it`, async () => {
        const client = await world.signedIn(name);
        await client.goto('/billing');
        await client.getByRole('link', { name: new RegExp(`^${what} (INV|Q|CN)-`, 'i') }).first().click();
        await client.locator('.paper').waitFor();
        const margin = { top: '2cm', bottom: '2cm', left: '2cm', right: '2cm' };
        const pdf = (await client.pdf({ format: 'A4', margin })).toString('latin1');
        assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, pages);
        await client.emulateMedia({ media: 'print' });
        for (const around of ['navigation', 'form', 'textbox', 'button']) {
            assert.equal(await client.getByRole(around).filter({ visible: true }).count(), 0, around);
        }
    });
}

/** What can be scrolled to on a screen is lost on paper. */
async function fitsThePaper(page) {
    await page.locator('.paper').waitFor();
    await page.emulateMedia({ media: 'print' });
    // 210 mm, and 170 mm between margins of 2 cm, with 96 pixels to the inch.
    for (const width of [794, 642]) {
        await page.setViewportSize({ width, height: 1123 });
        assert.deepEqual(await misfits(page), []);
        const [wide, room] = await page.locator('.paper .table-scroll').evaluate(lines => [lines.scrollWidth, lines.clientWidth]);
        assert.ok(wide <= room, `the lines are ${wide} wide in a room of ${room}`);
    }
}

test('nothing is wider than a sheet of A4: with a very long word in a line, and in French', async () => {
    const path = await sentInvoice(await world.signedIn('ada'), longWord, '250');
    const carol = await world.signedIn('carol');
    await carol.goto(path);
    await carol.locator('.paper').getByText(longWord).waitFor();
    await fitsThePaper(carol);

    const cyril = await world.signedIn('cyril');
    await cyril.goto('/billing');
    await cyril.locator('a.row-name[href^="/invoices/"]').first().click();
    await cyril.getByRole('heading', { level: 1, name: /^Facture / }).waitFor();
    await fitsThePaper(cyril);
});
