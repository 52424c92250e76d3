// Paying an invoice in a minute on a phone, at a fake of Stripe.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { findings } from '../world/axe.mjs';
import { field, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile('demo', { stripe: true });
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

/** Carol's oldest open invoice; she has several. */
async function openInvoice(page) {
    await page.goto('/billing');
    await page.locator('a.row-name[href^="/invoices/"]').first().click();
    const pay = page.getByRole('button', { name: /^Pay / });
    await pay.waitFor();
    return pay;
}

for (const [how, options] of [['with JavaScript', {}], ['without', { javaScriptEnabled: false }]]) {
    test(`Carol pays by card, ${how}`, async () => {
        const carol = await world.signedIn('carol', { ...phone, ...options });
        const pay = await openInvoice(carol);
        const invoice = new URL(carol.url()).pathname;
        await pay.click();
        // The page in between goes on by itself.
        await carol.getByRole('button', { name: 'Pay by card' }).click();
        await carol.getByText('Paid. Thank you!').waitFor();
        assert.equal(new URL(carol.url()).pathname, `${invoice}/payment`);
        await carol.getByRole('link', { name: 'To the invoice' }).click();
        await carol.getByRole('heading', { level: 1 }).waitFor();
        assert.equal(await carol.getByRole('button', { name: /^Pay / }).count(), 0);
    });
}

test('a bank debit is on its way, and the page that stays open says when it has arrived', async () => {
    const carol = await world.signedIn('carol', phone);
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/invoices');
    await press(ada, 'New invoice');
    await field(ada, 'Client').selectOption({ label: 'Carol Meyer' });
    await send(field(ada, 'Client'));
    await field(ada, 'Description').fill('Consulting');
    await field(ada, 'Unit price').fill('250');
    await press(ada, 'Add line');
    await ada.locator('#lines .table').getByText('Consulting').waitFor();
    await press(ada, 'Issue invoice');
    await ada.getByRole('heading', { level: 1, name: /^Invoice INV-/ }).waitFor();
    const path = new URL(ada.url()).pathname;
    await press(ada, 'Send');
    await ada.getByText('Send to').waitFor();
    await send(ada.getByLabel('Message'));
    await ada.getByText('carol@acme.test').waitFor();

    await carol.goto(path.replace('/staff', ''));
    await carol.getByRole('button', { name: /^Pay / }).click();
    await carol.getByRole('button', { name: 'Pay by bank debit' }).click();
    await carol.getByText('Your payment is on its way.').waitFor();
    await ada.goto(path);
    await ada.getByText('Processing').first().waitFor();
    const { intents } = await world.stripe.control('state');
    await world.stripe.control(`payments/${intents.at(-1).id}/succeed`);
    await carol.getByText('Paid. Thank you!').waitFor();
    await ada.getByText('Paid online').waitFor();
});

test('the pages of paying have no serious finding and fit a phone, light and dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
        const carol = await world.signedIn('carol', { ...phone, colorScheme });
        await carol.goto('/billing');
        const invoice = await carol.locator('a.row-name[href^="/invoices/"]').first().getAttribute('href');
        for (const path of ['/billing', invoice, `${invoice}/payment`]) {
            await carol.goto(path);
            assert.deepEqual(await findings(carol), []);
            const [wide, window] = await carol.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
            assert.ok(wide <= window, `${path} is ${wide} pixels wide`);
        }
    }
});
