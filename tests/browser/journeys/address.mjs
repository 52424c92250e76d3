// The owner changes the name in the portal's address: no policy stops the answer, and whoever comes by the former one is led on.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { field, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();

test('Ada changes the name in the address, and signs in at the new one', async () => {
    const ada = await world.signedIn('ada', { javaScriptEnabled: false });
    const former = await world.visitor('studio');
    await ada.goto('/staff/settings/address');
    await field(ada, 'Name in the address').fill('atelier');
    await field(ada, 'Type studio to confirm').fill('rival');
    await press(ada, 'Change address');
    await ada.locator('[aria-invalid=true]').waitFor();
    assert.equal(await field(ada, 'Name in the address').inputValue(), 'atelier');
    await field(ada, 'Type studio to confirm').fill('studio');
    await press(ada, 'Change address');
    await ada.getByRole('heading', { level: 1, name: 'The address has changed' }).waitFor();
    await press(ada, 'Open the new address');
    await ada.waitForURL(url => url.hostname === 'atelier.localhost' && url.pathname === '/sign-in');

    await former.goto('/reset');
    assert.equal(new URL(former.url()).hostname, 'atelier.localhost');
    await field(former, 'Email').waitFor();
});
