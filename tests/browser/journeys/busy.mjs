// P40: a slow request shows that it is running, and a second press while it is under way sends nothing.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { eventually } from '../world/server.mjs';
import { field, openPortal, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();

/** Holds every POST until it is let go; counts them. */
async function slowAnswers(page) {
    const line = { sent: 0 };
    const held = new Promise(resolve => { line.letGo = resolve; });
    await page.route('**', async (route, request) => {
        if (request.method() !== 'POST') return route.continue();
        line.sent += 1;
        await held;
        // The page may have given up on it.
        await route.continue().catch(() => undefined);
    });
    return line;
}

/** By coordinates and in the page itself: Playwright's locators wait until nothing is under way. */
async function middleOf(button) {
    const { x, y, width, height } = await button.boundingBox();
    return [x + width / 2, y + height / 2];
}

/** The buttons that show that they work, by their words, and whether the bar shows it. */
const shown = page => page.evaluate(() => ({
    buttons: [...document.querySelectorAll('button[aria-busy=true]')].map(button => button.textContent.trim()),
    bar: document.querySelector('#busy').classList.contains('busy'),
}));

const isWorking = (page, ...buttons) => eventually(`${buttons} and the bar show that they work`, async () => {
    const { buttons: working, bar } = await shown(page);
    return bar && working.join() === buttons.join();
});

const isFree = page => eventually('nothing shows that it works', async () => {
    const { buttons, bar } = await shown(page);
    return !bar && buttons.length === 0;
});

async function writeNote(page, portal) {
    await openPortal(page, portal);
    await press(page, 'Add note');
    await field(page, 'Title').fill('Parking');
    await field(page, 'Note').fill('Behind the mill.');
    return middleOf(page.getByRole('button', { name: 'Save', exact: true }));
}

const parking = page => page.locator('#items').getByRole('link', { name: 'Parking' });

test('a form pressed twice is sent once', async () => {
    const ada = await world.signedIn('ada');
    const save = await writeNote(ada, 'Studio resources');
    const line = await slowAnswers(ada);
    await ada.mouse.dblclick(...save);
    await isWorking(ada, 'Save');
    await ada.mouse.click(...save);
    await ada.keyboard.press('Enter');
    line.letGo();
    await parking(ada).waitFor();
    assert.equal(line.sent, 1);
    assert.equal(await parking(ada).count(), 1);
});

test('so is a form in a dialog', async () => {
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/portals');
    await press(ada, 'New portal');
    await field(ada, 'Name').fill('Winter campaign');
    const button = ada.getByRole('dialog').locator('button:not([type=button])');
    const words = await button.innerText();
    const line = await slowAnswers(ada);
    await ada.mouse.dblclick(...await middleOf(button));
    await isWorking(ada, words);
    await ada.keyboard.press('Enter');
    line.letGo();
    await ada.getByRole('heading', { level: 1, name: 'Winter campaign' }).waitFor();
    assert.equal(line.sent, 1);
    await ada.goto('/staff/portals');
    assert.equal(await ada.getByRole('link', { name: 'Winter campaign' }).count(), 1);
});

test('Back, Escape and half a minute give the button back', async t => {
    const ada = await world.signedIn('ada');
    await ada.clock.install();
    const save = await writeNote(ada, 'Acme website relaunch');
    const line = await slowAnswers(ada);
    const begin = async () => {
        await ada.mouse.click(...save);
        await ada.clock.runFor(200);
        assert.deepEqual(await shown(ada), { buttons: ['Save'], bar: true });
    };
    const isOver = async () => assert.deepEqual(await shown(ada), { buttons: [], bar: false });

    await t.test('stopped by Escape', async () => {
        await begin();
        await ada.keyboard.press('Escape');
        await isOver();
    });

    await t.test('brought back by a browser that kept the page as it was', async () => {
        await begin();
        await ada.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
        await isOver();
    });

    await t.test('no answer in half a minute', async () => {
        await begin();
        await ada.clock.runFor(15_000);
        assert.deepEqual(await shown(ada), { buttons: ['Save'], bar: true });
        await ada.clock.runFor(15_000);
        await isOver();
    });

    await t.test('so that it can be pressed once more', async () => {
        const before = line.sent;
        await begin();
        line.letGo();
        await parking(ada).waitFor();
        assert.equal(line.sent, before + 1);
        await ada.goBack();
        await field(ada, 'Title').waitFor();
        await isOver();
    });
});

test('a download leaves nothing behind that seems to be running', async () => {
    const ada = await world.signedIn('ada');
    await ada.clock.install();
    await openPortal(ada, 'Studio resources');
    await ada.getByRole('checkbox', { name: 'Select “Wallpaper.png”' }).check();
    const [download] = await Promise.all([ada.waitForEvent('download'), press(ada, 'Download selected')]);
    await download.path();
    await ada.clock.runFor(1_000);
    assert.equal(await ada.locator('button[aria-busy], #busy.busy').count(), 0);
});
