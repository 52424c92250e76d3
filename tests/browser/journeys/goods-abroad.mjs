// An invoice of goods for another country: what a line asks for is there at once, and what was typed stays.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { misfits } from '../world/fit.mjs';
import { addLine } from '../world/invoices.mjs';
import { field, markDocument, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();

test('P40: a line of goods for another country asks for its delivery without a reload', async () => {
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/settings/billing');
    await field(ada, 'Name of the tax').fill('Within the EU');
    await field(ada, 'Percent').fill('0');
    await field(ada, 'Special case').selectOption('intra-community');
    await send(field(ada, 'Name of the tax'));
    await ada.getByText('Within the EU', { exact: true }).waitFor();

    await ada.goto('/staff/invoices/new');
    await field(ada, 'Client').selectOption({ label: 'Carol Meyer' });
    await send(field(ada, 'Client'));
    await ada.getByRole('heading', { level: 1, name: 'Draft invoice' }).waitFor();
    const isSame = await markDocument(ada);
    assert.equal(await field(ada, 'Delivered on').count(), 0);
    await addLine(ada, 'Lamps', '500', 'Within the EU');
    await field(ada, 'Delivered on').waitFor();
    await field(ada, 'Delivered on').fill('2026-11-20');
    await addLine(ada, 'Ride', '100', 'VAT 20 %');
    assert.equal(await field(ada, 'Delivered on').inputValue(), '2026-11-20');
    assert.ok(await isSame(), 'only the parts were replaced');
    await ada.setViewportSize({ width: 360, height: 740 });
    assert.deepEqual(await misfits(ada), []);

    // Nothing is saved yet.
    await press(ada, 'Issue invoice');
    await ada.getByText('Write the day on which the goods were delivered').waitFor();
    await field(ada, 'Delivered on').fill('2026-11-20');
    await field(ada, 'Delivered to').fill('de');
    await send(field(ada, 'Delivered to'));
    await ada.waitForFunction(() => document.querySelector('[name=delivery_country]')?.defaultValue === 'DE');
    await press(ada, 'Issue invoice');
    await ada.getByRole('heading', { level: 1, name: /^Invoice INV-/ }).waitFor();
    await ada.locator('.paper-facts').getByText('20 November 2026').waitFor();
});
