// A subscription in a browser: Ada writes and starts it, the clock makes its invoice, and her client sees both on a phone.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { addLine } from '../world/invoices.mjs';
import { field, markDocument, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

async function fitsItsWidth(page) {
    const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= window, `${page.url()} is ${wide} pixels wide`);
}

test('Ada starts a subscription, and the next invoice appears by itself', async () => {
    const ada = await world.signedIn('ada', phone);
    await ada.goto('/staff/subscriptions');
    await fitsItsWidth(ada);
    await press(ada, 'New subscription');
    await field(ada, 'Name').fill('Weekly care');
    await field(ada, 'Client').selectOption({ label: 'Carol Meyer' });
    await field(ada, 'Unit of time').selectOption({ label: 'weeks' });
    await fitsItsWidth(ada);
    await send(field(ada, 'Name'));
    await ada.getByRole('heading', { level: 1, name: 'Weekly care' }).waitFor();

    await addLine(ada, 'Updates', '4711');
    await press(ada, 'Start subscription');
    await ada.getByText('Running', { exact: true }).waitFor();
    const invoices = ada.getByRole('link', { name: /^Invoice INV-/ });
    assert.equal(await invoices.count(), 1);
    const isSame = await markDocument(ada);
    world.server.advanceClock(7 * 86_400);
    await invoices.nth(1).waitFor();
    assert.ok(await isSame(), 'without a reload');
    await fitsItsWidth(ada);

    const carol = await world.signedIn('carol', phone);
    await carol.goto('/billing');
    await carol.getByText('Weekly care').waitFor();
    await fitsItsWidth(carol);
    for (const name of ['cyril', 'dora']) {
        const other = await world.signedIn(name);
        await other.goto('/billing');
        assert.equal(await other.getByText('Weekly care').count(), 0, name);
    }
});
