// P42: every page fits a phone of 360 pixels, and at 200 % zoom a window of 1,280, also with long names in it.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { findings } from '../world/axe.mjs';
import { addressesInMails, atSecondStep, atSetUp } from '../world/doors.mjs';
import { misfits } from '../world/fit.mjs';
import { overlays } from '../world/overlays.mjs';
import { field, fillIn, press, send } from '../world/steps.mjs';
import { walk } from '../world/walk.mjs';
import { World, personas } from '../world/world.mjs';

const world = World.forThisFile('demo', { stripe: true });

/** A phone, and half of 1,280: twice as large, a window shows half as much. */
const widths = [360, 640];
const look = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, reducedMotion: 'reduce' };

const longWord = 'Donaudampfschifffahrtsgesellschaftskapitänspatentverlängerungsantrag';
const longName = `${longWord} of Maria-Magdalena Oppenheimer-Featherstonehaugh`;

async function misfitsAtEachWidth(page) {
    const found = [];
    for (const width of widths) {
        await page.setViewportSize({ width, height: 740 });
        found.push(...await misfits(page));
    }
    await page.setViewportSize(look.viewport);
    return found;
}

/** A client, a project, its portal and what it holds, with names that do not fit a line; Carol has the portal, too. */
async function fillWithLongNames() {
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/clients');
    await fillIn(ada, 'New client', { Name: longName, Email: `${'m'.repeat(60)}@acme.test`, Company: 'Acme' });
    await ada.getByRole('heading', { level: 1, name: longName }).waitFor();
    const client = new URL(ada.url()).pathname;
    await ada.goto('/staff/projects');
    await fillIn(ada, 'New project', { Name: longName, Client: longName });
    await ada.getByRole('heading', { level: 1, name: longName }).waitFor();
    await field(ada, 'Milestone').fill(longName);
    await send(field(ada, 'Milestone'));
    await ada.locator('main').getByText(longName).nth(1).waitFor();
    await press(ada, 'Client portal');
    await ada.waitForURL(/\/staff\/portals\/[^/]+$/);
    const portal = new URL(ada.url()).pathname;
    const words = `# ${longWord}\n\n${longWord}\n\n| ${longWord} | ${longWord} |\n| --- | --- |\n| one | two |\n\n    ${longWord.repeat(2)}`;
    await fillIn(ada, 'Add note', { Title: longName, Note: words });
    await ada.locator('#items').getByRole('link', { name: longName }).waitFor();
    await fillIn(ada, 'Add link', { Title: longName, Address: `https://acme.test/${longWord}` });
    await fillIn(ada, 'Add embed', { Title: longName, Address: 'https://www.loom.com/share/0123456789abcdef0123456789abcdef' });
    await fillIn(ada, 'New folder', { Name: longWord });
    await ada.locator('#items').getByRole('link', { name: longWord, exact: true }).waitFor();
    await ada.getByLabel('Files', { exact: true }).setInputFiles(
        { name: `${longWord}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`${longWord.repeat(3)}\nshort`) },
    );
    await ada.locator('#items').getByRole('link', { name: `${longWord}.txt` }).waitFor();
    for (const email of ['carol@acme.test', `${'m'.repeat(60)}@acme.test`]) {
        await press(ada, 'Share');
        await field(ada, 'Email').fill(email);
        await press(ada, 'Send invitation');
        await ada.locator('#grants').getByText(email).waitFor();
    }
    const items = await ada.locator('#items a.row-name').evaluateAll(links => links.map(link => new URL(link.href).pathname));
    await ada.context().close();
    return { ada: [portal, ...items, client], carol: [portal, ...items].map(path => path.replace('/staff', '')) };
}

let filled;
const withLongNames = () => filled ??= fillWithLongNames();

for (const name of ['stranger', ...personas]) {
    test(`every page of ${name} fits a phone and 200 % zoom`, async () => {
        const page = name === 'stranger' ? await world.visitor('studio', look) : await world.signedIn(name, look);
        const found = [];
        const places = (await withLongNames())[name] ?? [];
        const visited = await walk(page, async page => {
            if (!new URL(page.url()).pathname.endsWith('/content')) found.push(...await misfitsAtEachWidth(page));
        });
        for (const path of places) {
            await page.goto(path);
            found.push(...await misfitsAtEachWidth(page));
        }
        assert.ok(visited.size > 0);
        assert.deepEqual(found, []);
    });
}

for (const [name, opening] of Object.entries(overlays)) {
    test(`what opens over the pages of ${name} fits a phone and 200 % zoom, and a finger`, async () => {
        const page = await world.signedIn(name, look);
        const found = [];
        for (const [what, open] of Object.entries(opening)) {
            await open(page);
            found.push(...[...await misfitsAtEachWidth(page), ...await findings(page)].map(finding => `${what}: ${finding}`));
        }
        assert.deepEqual(found, []);
    });
}

test('the pages behind the links of mails, and the set-up, fit a phone and 200 % zoom', async () => {
    const found = [];
    const visitor = await world.visitor('studio', look);
    for (const address of Object.values(await addressesInMails(world))) {
        await visitor.goto(address);
        found.push(...await misfitsAtEachWidth(visitor));
    }
    await atSetUp(look, async page => found.push(...await misfitsAtEachWidth(page)));
    assert.deepEqual(found, []);
});

test('the second step fits a phone and 200 % zoom', async () => {
    const found = [];
    await atSecondStep(look, async page => found.push(...await misfitsAtEachWidth(page)));
    assert.deepEqual(found, []);
});
