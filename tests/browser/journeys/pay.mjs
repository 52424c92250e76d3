// Paying an invoice in a minute on a phone, and by keyboard, at a fake of Stripe.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { findings } from '../world/axe.mjs';
import { issueAndSend, sentInvoice } from '../world/invoices.mjs';
import { enter, tabTo } from '../world/keyboard.mjs';
import { markDocument, press } from '../world/steps.mjs';
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

test('P42: Carol finds an invoice on her home page and pays it, by keyboard alone', async () => {
    const path = await sentInvoice(await world.signedIn('ada'), 'Proofreading', '150');
    const carol = await world.signedIn('carol');
    await carol.goto('/');
    await tabTo(carol, await carol.locator(`a[href="${path}"]`).first().innerText());
    await enter(carol);
    assert.equal(new URL(carol.url()).pathname, path);
    await tabTo(carol, 'Pay €150.00');
    await carol.keyboard.press('Enter');
    // The page in between goes on by itself.
    await carol.getByRole('button', { name: 'Pay by card' }).waitFor();
    await tabTo(carol, 'Pay by card');
    await carol.keyboard.press('Enter');
    await carol.getByText('Paid. Thank you!').waitFor();
    await tabTo(carol, 'To the invoice');
    await enter(carol);
    assert.equal(new URL(carol.url()).pathname, path);
    assert.equal(await carol.getByRole('button', { name: /^Pay / }).count(), 0);
    for (const name of ['cyril', 'dora', 'eve']) {
        const other = await world.signedIn(name);
        for (const place of [path, `${path}/payment`]) assert.equal((await other.goto(place)).status(), 404, name);
    }
});

test('P22: on a phone a quote is accepted and its deposit paid with six taps, in less than a minute', async t => {
    const [ada, carol] = [await world.signedIn('ada'), await world.signedIn('carol', phone)];
    let taps = 0;
    let spent = 0;
    /** Until `next` is there. What the studio does in between is none of Carol's time. */
    async function tap(target, next, how = 'tap') {
        const begun = performance.now();
        await target[how]();
        await next.waitFor();
        spent += performance.now() - begun;
        taps += 1;
    }

    const quote = carol.locator('a[href^="/quotes/"]').first();
    const path = await quote.getAttribute('href');
    const accept = carol.getByRole('button', { name: 'Accept', exact: true });
    await tap(quote, accept);
    await tap(accept, carol.getByText('Accepted by Carol Meyer'));

    await ada.goto(`/staff${path}`);
    await press(ada, 'Make deposit invoice');
    await ada.getByRole('heading', { level: 1, name: 'Draft invoice' }).waitFor();
    const deposit = carol.locator(`a[href="${await issueAndSend(ada)}"]`).first();

    // By hand: 12 × 140 and 24 × 95 are 3,960; 30 % of it, and 20 % tax on that.
    const pay = carol.getByRole('button', { name: 'Pay €1,425.60', exact: true });
    const payByCard = carol.getByRole('button', { name: 'Pay by card' });
    await tap(carol.getByRole('link', { name: 'Billing', exact: true }).first(), deposit);
    await tap(deposit, pay);
    await tap(pay, payByCard);
    // The fake's page knows nothing of phones.
    await tap(payByCard, carol.getByText('Paid. Thank you!'), 'click');
    t.diagnostic(`${taps} taps, ${(spent / 1000).toFixed(1)} s`);
    assert.ok(spent <= 60_000, `${spent} ms`);
});

/** Begins to pay an invoice, and what becomes of it comes later. Gives back what lets that come: `succeed` or `fail`. */
async function payByDebit(carol, path) {
    await carol.goto(path);
    await carol.getByRole('button', { name: /^Pay / }).click();
    await carol.getByRole('button', { name: 'Pay by bank debit' }).click();
    await carol.getByText('Your payment is on its way.').waitFor();
    const { intents } = await world.stripe.control('state');
    return how => world.stripe.control(`payments/${intents.at(-1).id}/${how}`);
}

test('a bank debit is on its way, and the page that stays open says when it has arrived', async () => {
    const [ada, carol] = [await world.signedIn('ada'), await world.signedIn('carol', phone)];
    const path = await sentInvoice(ada, 'Consulting', '250');
    const settle = await payByDebit(carol, path);
    await ada.goto(`/staff${path}`);
    await ada.getByText('Processing').first().waitFor();
    await settle('succeed');
    await carol.getByText('Paid. Thank you!').waitFor();
    await ada.getByText('Paid online').waitFor();
});

test('a bank debit fails, the page that stays open says so, and the invoice can be paid again', async () => {
    const [ada, carol] = [await world.signedIn('ada'), await world.signedIn('carol', phone)];
    const path = await sentInvoice(ada, 'Consulting', '250');
    const settle = await payByDebit(carol, path);
    await ada.goto(`/staff${path}`);
    const standing = ada.locator('.page-detail .badge');
    assert.deepEqual(await standing.allTextContents(), ['Processing']);
    const isSame = await markDocument(carol);
    await settle('fail');
    await carol.getByText('The payment failed, and nothing was charged.').waitFor();
    assert.ok(await isSame(), 'without a reload');
    await standing.filter({ hasText: /^Open$/ }).waitFor();
    assert.equal(await ada.getByText('Paid online').count(), 0);

    await carol.getByRole('link', { name: 'To the invoice' }).click();
    await carol.getByRole('button', { name: 'Pay €250.00', exact: true }).click();
    await carol.getByRole('button', { name: 'Pay by card' }).click();
    await carol.getByText('Paid. Thank you!').waitFor();
});

test('P25: told of everything twice and of the last first, the invoice is paid once', async t => {
    const [ada, carol] = [await world.signedIn('ada'), await world.signedIn('carol', phone)];
    const path = await sentInvoice(ada, 'Consulting', '250');
    t.after(() => world.stripe.control('knobs', { times: 1, backwards: false }));
    await world.stripe.control('knobs', { times: 2, backwards: true });
    const settle = await payByDebit(carol, path);
    await settle('succeed');
    await carol.getByText('Paid. Thank you!').waitFor();
    assert.match(await carol.locator('.billing-total').innerText(), /Balance\s+€0\.00/);
    await ada.goto(`/staff${path}`);
    assert.deepEqual(await ada.locator('.page-detail .badge').allTextContents(), ['Paid']);
    assert.equal(await ada.getByText('Paid online').count(), 1);
    await carol.goto(path);
    assert.deepEqual(await carol.locator('.client-invoice .row-name').allTextContents(), ['Payment']);
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
