// A passkey takes the place of a code: added, used at sign-in, turned down, removed; and without JavaScript in words.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { addPasskey, holdDevice } from '../world/passkeys.mjs';
import { provePassword } from '../world/second-step.mjs';
import { control, field, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();

const known = email => world.server.people.find(person => person.email === email);

test('Carol adds her phone and signs in with it, in the same browser and in another', async () => {
    const carol = await world.signedIn('carol');
    const device = await holdDevice(carol);
    await carol.goto('/account');
    await press(carol, 'Set up');
    await carol.waitForURL('**/account/second-step');
    await addPasskey(carol, 'My phone');
    await carol.getByText('The second step is on.').waitFor();
    assert.equal(await carol.locator('.recovery-codes li').count(), 10);
    await carol.goto('/account/second-step');
    await carol.getByRole('link', { name: 'My phone' }).waitFor();
    // The device has one already, and the browser makes no other.
    await addPasskey(carol, 'My phone again', known('carol@acme.test').password);
    await carol.locator('.passkey-failure').waitFor();
    assert.equal(await field(carol, 'Name').inputValue(), 'My phone again');

    const phone = await world.visitor('studio', { viewport: { width: 360, height: 740 }, hasTouch: true });
    await device.carryTo(phone);
    await provePassword(phone, known('carol@acme.test'));
    await press(phone, 'Use a passkey');
    await phone.waitForURL(url => url.pathname === '/');
    await phone.goto('/account/second-step');
    await phone.getByText('last used').waitFor();
});

test('Dora turns it down, tries again, and removes it', async () => {
    const dora = await world.signedIn('dora');
    const device = await holdDevice(dora);
    await dora.goto('/account/second-step');
    await addPasskey(dora, 'Laptop');
    await dora.getByText('The second step is on.').waitFor();

    const other = await world.visitor();
    await provePassword(other, known('dora@globex.test'));
    const copy = await device.carryTo(other);
    await copy.turnDown();
    await press(other, 'Use a passkey');
    await other.locator('.passkey-failure').waitFor();
    assert.equal(new URL(other.url()).pathname, '/sign-in/code');
    assert.equal(await control(other, 'Use a passkey').isEnabled(), true);

    const third = await world.visitor();
    await device.carryTo(third);
    await provePassword(third, known('dora@globex.test'));
    await press(third, 'Use a passkey');
    await third.waitForURL(url => url.pathname === '/');

    await dora.goto('/account/second-step');
    await dora.getByRole('link', { name: 'Laptop' }).click();
    await field(dora, 'Password or code').fill(known('dora@globex.test').password);
    await press(dora, 'Remove this passkey');
    await control(dora, 'Set up').waitFor();
    const again = await world.signedIn('dora');
    assert.equal(new URL(again.url()).pathname, '/');
});

test('without JavaScript the form says what it lacks', async () => {
    const ben = await world.signedIn('ben', { javaScriptEnabled: false });
    await ben.goto('/staff/account/second-step');
    assert.match(await ben.locator('noscript').textContent(), /^Passkeys need JavaScript/);
    await addPasskey(ben, 'Phone');
    await ben.locator('.notice-error').getByText('Passkeys need JavaScript').waitFor();
    assert.equal(await field(ben, 'Name').inputValue(), 'Phone');
});
