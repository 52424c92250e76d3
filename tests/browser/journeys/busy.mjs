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

/**
 * Presses twice, and by mouse and Enter once more when the bar shows that something is on its way. Gives back the words
 * of the buttons that show it too. All of it in the page itself: Playwright waits for a navigation that is held.
 */
function pressAgainAndAgain(button) {
    return button.evaluate(button => new Promise((resolve, reject) => {
        const patience = setTimeout(() => reject(new Error('the bar shows nothing')), 10_000);
        button.click();
        button.click();
        const look = () => {
            if (!document.querySelector('#busy.busy')) return setTimeout(look, 20);
            clearTimeout(patience);
            resolve([...document.querySelectorAll('button[aria-busy=true]')].map(button => button.textContent.trim()));
            button.click();
            button.form.requestSubmit(button);
        };
        look();
    }));
}

async function writeNote(page, portal) {
    await openPortal(page, portal);
    await press(page, 'Add note');
    await field(page, 'Title').fill('Parking');
    await field(page, 'Note').fill('Behind the mill.');
    return page.getByRole('button', { name: 'Save', exact: true });
}

const parking = page => page.locator('#items').getByRole('link', { name: 'Parking' });

test('a form pressed twice is sent once', async () => {
    const ada = await world.signedIn('ada');
    const save = await writeNote(ada, 'Studio resources');
    const line = await slowAnswers(ada);
    assert.deepEqual(await pressAgainAndAgain(save), ['Save']);
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
    assert.deepEqual(await pressAgainAndAgain(button), [words]);
    line.letGo();
    await ada.getByRole('heading', { level: 1, name: 'Winter campaign' }).waitFor();
    assert.equal(line.sent, 1);
    await ada.goto('/staff/portals');
    assert.equal(await ada.getByRole('link', { name: 'Winter campaign' }).count(), 1);
});

/**
 * Presses, and waits until the button is given back although nothing came. Half a minute of the page's own timers takes
 * a moment; gives back how long the longest of them was, and whether the button and the bar showed something at the end.
 */
function pressInVain(button) {
    return button.evaluate(button => new Promise((resolve, reject) => {
        const { setTimeout } = window;
        const patience = setTimeout(() => reject(new Error('the button is not given back')), 10_000);
        let longest = 0;
        window.setTimeout = (work, time = 0) => {
            longest = Math.max(longest, time);
            return setTimeout(work, Math.min(time, 500));
        };
        button.click();
        const pressed = button.getAttribute('aria-busy');
        const look = () => {
            if (button.hasAttribute('aria-busy')) return setTimeout(look, 20);
            clearTimeout(patience);
            window.setTimeout = setTimeout;
            resolve({ pressed, longest, barIsBusy: document.querySelector('#busy.busy') !== null });
            button.click();
        };
        look();
    }));
}

test('a button is given back when nothing comes for half a minute, and works', async () => {
    const ada = await world.signedIn('ada');
    const save = await writeNote(ada, 'Acme website relaunch');
    const line = await slowAnswers(ada);
    assert.deepEqual(await pressInVain(save), { pressed: 'true', longest: 30_000, barIsBusy: false });
    await eventually('it is sent again', async () => line.sent === 2);
    line.letGo();
    await parking(ada).waitFor();
});
