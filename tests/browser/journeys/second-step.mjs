// Somebody turns on their second step and signs in with it, by keyboard, without JavaScript, and when the owner asks for it.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { assertFocus, enter } from '../world/keyboard.mjs';
import { beginSecondStep, codeOf, provePassword, setUpSecondStep } from '../world/second-step.mjs';
import { field, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();

const pathOf = page => new URL(page.url()).pathname;
const known = email => world.server.people.find(person => person.email === email);

/** One that was not shown before. */
function nextCode(key) {
    world.server.advanceClock(60);
    return codeOf(key, world.server.now());
}

test('Carol turns it on, and the code comes after her password', async () => {
    const carol = await world.signedIn('carol');
    await carol.goto('/account');
    await press(carol, 'Set up');
    await carol.waitForURL('**/account/second-step');
    const key = await beginSecondStep(carol);
    const picture = await carol.getByRole('img', { name: 'Picture to scan with the app' }).boundingBox();
    assert.ok(picture.width >= 150 && Math.abs(picture.width - picture.height) < 1, JSON.stringify(picture));
    await field(carol, 'Code').fill('12345');
    await press(carol, 'Turn on');
    await carol.locator('[aria-invalid=true]').waitFor();
    assert.equal(await field(carol, 'Code').inputValue(), '12345');
    await field(carol, 'Code').fill(codeOf(key, world.server.now()));
    await press(carol, 'Turn on');
    await carol.getByText('The second step is on.').waitFor();
    assert.equal(await carol.locator('.recovery-codes li').count(), 10);
    const recovery = await carol.locator('.recovery-codes li').first().innerText();
    await press(carol, 'I have kept them');
    await carol.waitForURL(url => url.pathname === '/');

    const phone = await world.visitor('studio', { viewport: { width: 360, height: 740 }, hasTouch: true });
    await provePassword(phone, known('carol@acme.test'));
    await assertFocus(phone, 'at the code');
    assert.equal(await field(phone, 'Code').evaluate(input => input === document.activeElement), true);
    await phone.keyboard.type(nextCode(key));
    await enter(phone);
    assert.equal(pathOf(phone), '/');

    const without = await world.visitor('studio', { javaScriptEnabled: false });
    await provePassword(without, known('carol@acme.test'));
    await field(without, 'Code').fill(recovery);
    await press(without, 'Sign in');
    await without.waitForURL(url => url.pathname === '/');
});

test('Ben is led to it when Ada asks for it, goes on afterwards, and is helped when he lost his phone', async () => {
    const [ada, ben] = [await world.signedIn('ada'), await world.signedIn('ben', { javaScriptEnabled: false })];
    await setUpSecondStep(world, ada, '/staff/account');
    await ada.goto('/staff/settings');
    await ada.getByRole('link', { name: 'Signing in' }).click();
    await ada.getByRole('radio', { name: 'Staff must use a second step' }).check();
    await Promise.all([ada.waitForEvent('load'), press(ada, 'Save')]);
    assert.ok(await ada.getByRole('radio', { name: 'Staff must use a second step' }).isChecked());

    await ben.goto('/staff/clients');
    assert.equal(pathOf(ben), '/staff/account/second-step');
    assert.equal(await ben.getByRole('navigation').count(), 0);
    const key = await beginSecondStep(ben);
    await field(ben, 'Code').fill(codeOf(key, world.server.now()));
    await press(ben, 'Turn on');
    await press(ben, 'I have kept them');
    await ben.waitForURL(url => url.pathname === '/staff');
    assert.equal((await ben.goto('/staff/clients')).status(), 200);

    await ada.goto('/staff/people');
    await ada.getByRole('link', { name: 'Ben Okafor' }).click();
    await press(ada, 'Take the second step away');
    await ada.getByRole('heading', { level: 1, name: 'Ben Okafor' }).waitFor();
    const mails = [await world.mailbox.nextTo('ben@studio.test'), await world.mailbox.nextTo('ben@studio.test')];
    assert.match(mails[0].subject, /is on$/);
    assert.match(mails[1].subject, /was taken away$/);
    // Ada still asks for it.
    await ben.goto('/staff');
    assert.equal(pathOf(ben), '/staff/account/second-step');
});
