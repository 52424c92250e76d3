// P42: everything by keyboard alone, with a focus that is always visible and never lost.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { assertFocus, focused, tabTo } from '../world/keyboard.mjs';
import { field } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();

function rows(page) {
    return page.locator('#items .row-name').allInnerTexts();
}

/** As `page.goto` for whoever types an address: the focus begins at the top. */
async function openByKeyboard(page, portal) {
    await page.goto('/staff/portals');
    await tabTo(page, portal);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: portal, exact: true }).waitFor();
}

test('P42: Ada works by keyboard alone', async t => {
    const ada = await world.visitor();
    const { email, password } = world.server.people.find(person => person.email === 'ada@studio.test');

    await t.test('she signs in', async () => {
        await ada.goto('/');
        await tabTo(ada, 'Sign in');
        await ada.keyboard.press('Enter');
        await ada.waitForURL(url => url.pathname === '/sign-in');
        await assertFocus(ada, 'at sign-in');
        await ada.keyboard.type(email);
        await tabTo(ada, 'Password');
        await ada.keyboard.type(password);
        await ada.keyboard.press('Enter');
        await ada.waitForURL(url => url.pathname === '/staff');
    });

    await t.test('the first Tab offers to skip the navigation, and does', async () => {
        await ada.keyboard.press('Tab');
        assert.equal((await focused(ada)).name, 'Skip to content');
        await assertFocus(ada, 'on the skip link');
        await ada.keyboard.press('Enter');
        await ada.waitForFunction(() => document.activeElement === document.querySelector('main'));
        await ada.keyboard.press('Tab');
        assert.ok(await ada.evaluate(() => document.querySelector('main').contains(document.activeElement)));
        await assertFocus(ada, 'after the skip link');
    });

    await t.test('she opens a portal and adds a note', async () => {
        await openByKeyboard(ada, 'Studio resources');
        await tabTo(ada, 'Add note');
        await ada.keyboard.press('Enter');
        await ada.waitForURL(/\/notes\/new/);
        await assertFocus(ada, 'in the editor');
        await ada.keyboard.type('Parking');
        await tabTo(ada, /^Note/);
        await ada.keyboard.type('Behind the **mill**.');
        await tabTo(ada, 'Save');
        await ada.keyboard.press('Enter');
        await ada.locator('#items').getByRole('link', { name: 'Parking' }).waitFor();
    });

    await t.test('a dialog takes the focus, keeps it, and gives it back', async () => {
        for (const opener of ['Add link', 'Add embed', 'New folder', 'Share', 'Who can see this, and why?']) {
            await tabTo(ada, opener);
            await ada.keyboard.press('Enter');
            const dialog = ada.getByRole('dialog');
            await dialog.waitFor();
            await ada.waitForFunction(() => document.querySelector('dialog[open]').contains(document.activeElement));
            const stops = new Set();
            for (let count = 0; count < 20; count++) {
                await ada.keyboard.press('Tab');
                const stop = await focused(ada);
                stops.add(stop.name);
                // Beyond the last stop lies the browser's own bar, which a headless one reports as the body.
                if (stop.tag !== 'BODY') assert.ok(await dialog.evaluate(it => it.contains(document.activeElement)), stop.html);
            }
            assert.ok(stops.has('Close'), [...stops].join());
            await ada.keyboard.press('Escape');
            await dialog.waitFor({ state: 'hidden' });
            assert.equal((await focused(ada)).name, opener);
            await assertFocus(ada, `after ${opener}`);
        }
    });

    await t.test('what a dialog changed leaves the focus on what opened it', async () => {
        await tabTo(ada, 'New folder');
        await ada.keyboard.press('Enter');
        await ada.getByRole('dialog').waitFor();
        await ada.keyboard.type('Templates');
        await ada.keyboard.press('Enter');
        await ada.locator('#items').getByRole('link', { name: 'Templates' }).waitFor();
        await ada.getByRole('dialog').waitFor({ state: 'hidden' });
        assert.equal((await focused(ada)).name, 'New folder');
    });

    await t.test('a dialog out of a menu gives the focus back to the menu', async () => {
        for (const [key, name] of [['Escape', 'Templates'], ['Enter', 'Forms']]) {
            await tabTo(ada, 'Actions for Templates');
            await ada.keyboard.press('Enter');
            await tabTo(ada, 'Rename');
            await ada.keyboard.press('Enter');
            await ada.getByRole('dialog').waitFor();
            await ada.keyboard.press('Control+a');
            await ada.keyboard.type('Forms');
            await ada.keyboard.press(key);
            await ada.getByRole('dialog').waitFor({ state: 'hidden' });
            await ada.locator('#items').getByRole('link', { name, exact: true }).waitFor();
            assert.equal((await focused(ada)).name, `Actions for ${name}`);
        }
    });

    await t.test('sharing leaves the focus on Share', async () => {
        await tabTo(ada, 'Share');
        await ada.keyboard.press('Enter');
        await ada.getByRole('dialog').waitFor();
        await ada.keyboard.type('quinn@acme.test');
        await ada.getByText('Invite quinn@acme.test').waitFor();
        assert.equal((await focused(ada)).name, 'Email');
        await ada.keyboard.press('Enter');
        await ada.locator('#grants').getByText('quinn@acme.test').waitFor();
        await ada.getByRole('dialog').waitFor({ state: 'hidden' });
        assert.equal((await focused(ada)).name, 'Share');
    });

    await t.test('she puts an item in another place: Space, arrows, Space', async () => {
        const before = await rows(ada);
        await tabTo(ada, `Reorder ${before[0]}`);
        const saved = ada.waitForResponse(answer => answer.url().endsWith('/order'));
        for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'Space']) {
            await ada.keyboard.press(key);
            assert.equal((await focused(ada)).name, `Reorder ${before[0]}`);
            await assertFocus(ada, key);
        }
        assert.equal((await saved).status(), 204);
        const after = [before[1], before[2], before[0], ...before.slice(3)];
        assert.deepEqual(await rows(ada), after);
        await ada.getByRole('status').getByText('Dropped at position 3').waitFor({ state: 'attached' });
        await ada.reload();
        assert.deepEqual(await rows(ada), after);
    });

    await t.test('Escape puts a lifted item back', async () => {
        const before = await rows(ada);
        await tabTo(ada, `Reorder ${before[1]}`);
        for (const key of ['Space', 'ArrowUp', 'Escape']) await ada.keyboard.press(key);
        assert.deepEqual(await rows(ada), before);
        assert.equal((await focused(ada)).name, `Reorder ${before[1]}`);
    });

    await t.test('she deletes an item, and undoes it', async () => {
        const before = await rows(ada);
        await tabTo(ada, 'Actions for Parking');
        await ada.keyboard.press('Enter');
        await tabTo(ada, 'Delete');
        await ada.keyboard.press('Enter');
        await ada.getByText('“Parking” was deleted.').waitFor();
        await ada.locator('#items').getByRole('link', { name: 'Parking' }).waitFor({ state: 'detached' });
        await assertFocus(ada, 'after the deletion');
        await tabTo(ada, 'Undo');
        await ada.keyboard.press('Enter');
        await ada.locator('#items').getByRole('link', { name: 'Parking' }).waitFor();
        assert.deepEqual(await rows(ada), before);
    });

    await t.test('a live update under the focus leaves it where it is', async () => {
        await tabTo(ada, 'Book a call');
        const ben = await world.signedIn('ben');
        await openByKeyboard(ben, 'Studio resources');
        await tabTo(ben, 'New folder');
        await ben.keyboard.press('Enter');
        await ben.getByRole('dialog').waitFor();
        await ben.keyboard.type('From Ben');
        await ben.keyboard.press('Enter');
        await ada.locator('#items').getByRole('link', { name: 'From Ben' }).waitFor();
        assert.equal((await focused(ada)).name, 'Book a call');
        await assertFocus(ada, 'after the live update');
    });

    await t.test('she takes a portal away from a client and gives it back, without losing her place', async () => {
        const row = ada.locator('#grants .row').filter({ hasText: 'Dora Lindt' });
        for (const [button, dot] of [['Revoke', 'Revoked'], ['Restore access', 'Joined']]) {
            await row.getByRole('button', { name: button }).focus();
            await ada.keyboard.press('Enter');
            await row.getByText(dot, { exact: true }).waitFor();
            await assertFocus(ada, button);
            assert.ok(await ada.evaluate(() => document.activeElement.closest('#grants') !== null), button);
        }
    });
});

/** Opens the form behind `opener`, and fills and sends it without a mouse. */
async function fillByKeyboard(page, opener, values) {
    await tabTo(page, opener);
    await page.keyboard.press('Enter');
    await field(page, Object.keys(values)[0]).waitFor();
    for (const [label, value] of Object.entries(values)) {
        if (!(await focused(page)).name.startsWith(label)) await tabTo(page, new RegExp(`^${label}`));
        await page.keyboard.type(value);
    }
    await page.keyboard.press('Enter');
}

test('P42: Ada prepares the portal of a new client by keyboard alone', async () => {
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/clients');
    await fillByKeyboard(ada, 'New client', { Name: 'Quentin Weir', Email: 'quentin@acme.test' });
    await ada.getByRole('heading', { level: 1, name: 'Quentin Weir' }).waitFor();
    await ada.goto('/staff/projects');
    await fillByKeyboard(ada, 'New project', { Client: 'Quentin', Name: 'The weir' });
    await ada.getByRole('heading', { level: 1, name: 'The weir' }).waitFor();
    await tabTo(ada, /^Milestone/);
    await ada.keyboard.type('Survey');
    await ada.keyboard.press('Enter');
    await ada.locator('main').getByText('Survey').first().waitFor();
    await assertFocus(ada, 'after the milestone');
    await ada.goto(ada.url());
    await tabTo(ada, 'Client portal');
    await ada.keyboard.press('Enter');
    await ada.waitForURL(/\/staff\/portals\/[^/]+$/);

    await tabTo(ada, /^(Upload files|Files)$/);
    const [picker] = await Promise.all([ada.waitForEvent('filechooser'), ada.keyboard.press('Enter')]);
    await picker.setFiles({ name: 'Survey.txt', mimeType: 'text/plain', buffer: Buffer.from('The heron waits by the weir.') });
    await ada.locator('#items').getByRole('link', { name: 'Survey.txt' }).waitFor();
    await assertFocus(ada, 'after the upload');
    await tabTo(ada, 'Share');
    await ada.keyboard.press('Enter');
    await ada.getByRole('dialog').waitFor();
    await ada.keyboard.type('quentin@acme.test');
    await ada.getByText(/1 person will gain/).waitFor();
    await ada.keyboard.press('Enter');
    await ada.locator('#grants').getByText('Quentin Weir').waitFor();
});

test('T9: a password is pasted from where it is kept', async () => {
    const ada = await world.visitor();
    const { email, password } = world.server.people.find(person => person.email === 'ada@studio.test');
    await ada.goto('/sign-in');
    await field(ada, 'Email').focus();
    await ada.keyboard.type(password);
    await ada.keyboard.press('Control+a');
    await ada.keyboard.press('Control+x');
    await ada.keyboard.type(email);
    await tabTo(ada, 'Password');
    await ada.keyboard.press('Control+v');
    await ada.keyboard.press('Enter');
    await ada.waitForURL(url => url.pathname === '/staff');
});

test('P42: Carol finds, opens and leaves by keyboard alone', async () => {
    const carol = await world.signedIn('carol');
    await tabTo(carol, /^Acme website relaunch/);
    await carol.keyboard.press('Enter');
    await carol.getByRole('heading', { level: 1, name: 'Acme website relaunch' }).waitFor();
    await tabTo(carol, 'Brand handbook.pdf');
    const opener = await focused(carol);
    await carol.keyboard.press('Control+k');
    const box = carol.getByRole('combobox', { name: 'Search' });
    await box.waitFor();
    await assertFocus(carol, 'in the overlay');
    await carol.keyboard.press('Escape');
    await box.waitFor({ state: 'hidden' });
    assert.deepEqual(await focused(carol), opener);
    await carol.keyboard.press('Enter');
    await carol.getByRole('heading', { level: 1, name: 'Brand handbook.pdf' }).waitFor();
    await tabTo(carol, /Carol Meyer/);
    await carol.keyboard.press('Enter');
    await tabTo(carol, 'Sign out');
    await carol.keyboard.press('Enter');
    await carol.getByRole('link', { name: 'Sign in' }).waitFor();
});
