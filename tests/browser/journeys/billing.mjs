// Invoices in a browser: Ada writes and issues one, its client looks at it on a phone.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { field, markDocument, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

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
