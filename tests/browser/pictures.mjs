// Every page of the demo as each persona, light and dark, on a phone and on a desk, and every mail: pictures.mjs FOLDER

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { addressesInMails, atSetUp } from './world/doors.mjs';
import { overlays } from './world/overlays.mjs';
import { walk } from './world/walk.mjs';
import { World, personas } from './world/world.mjs';

const folder = process.argv[2] ?? 'pictures';
const looks = ['light', 'dark'].flatMap(colorScheme => [360, 1280].map(width => ({ colorScheme, width })));
const taken = [];

rmSync(folder, { recursive: true, force: true });
const world = new World();
await world.start();
try {
    for (const name of ['stranger', ...personas]) {
        for (const look of looks) await drawEveryPage(name, look);
    }
    for (const name of Object.keys(overlays)) {
        for (const look of looks) await drawEveryOverlay(name, look);
    }
    await drawEveryDoor();
    await drawEveryMail();
} finally {
    await world.stop();
}
writeFileSync(join(folder, 'index.html'), gallery());
console.log(`${taken.length} pictures in ${folder}`);

function optionsFor({ colorScheme, width }) {
    return { colorScheme, viewport: { width, height: width < 600 ? 780 : 800 }, reducedMotion: 'reduce' };
}

async function drawEveryPage(name, { colorScheme, width }) {
    const options = optionsFor({ colorScheme, width });
    const page = name === 'stranger' ? await world.visitor('studio', options) : await world.signedIn(name, options);
    const place = join(name, `${width}-${colorScheme}`);
    await walk(page, (page, picture) => draw(page, join(place, `${picture}.png`)));
    await page.context().close();
}

/** As far as the window shows: what lies over a page does not grow with it. */
async function drawEveryOverlay(name, { colorScheme, width }) {
    const page = await world.signedIn(name, optionsFor({ colorScheme, width }));
    for (const [what, open] of Object.entries(overlays[name])) {
        await open(page);
        await draw(page, join(name, `${width}-${colorScheme}`, `over-${what}.png`), { fullPage: false });
    }
    await page.context().close();
}

/** The pages before signing in that nothing links to. */
async function drawEveryDoor() {
    const addresses = Object.entries(await addressesInMails(world));
    for (const look of looks) {
        const place = join('stranger', `${look.width}-${look.colorScheme}`);
        const page = await world.visitor('studio', optionsFor(look));
        for (const [what, address] of addresses) {
            await page.goto(address);
            await draw(page, join(place, `door-${what}.png`));
        }
        await page.context().close();
        await atSetUp(optionsFor(look), page => draw(page, join(place, 'door-set-up.png')));
    }
}

async function drawEveryMail() {
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/settings/components');
    const samples = await ada.locator('a[href*="/components/letter?"]').evaluateAll(links => links.map(link => [link.href, link.textContent]));
    for (const [address, words] of samples) {
        for (const { colorScheme, width } of looks) {
            await ada.emulateMedia({ colorScheme });
            await ada.setViewportSize({ width, height: 800 });
            await ada.goto(address);
            await draw(ada, join('mails', `${width}-${colorScheme}`, `${words.trim().replace(/[^a-z0-9]+/g, '-')}.png`));
        }
    }
    for (const [index, mail] of (await world.mailbox.all()).entries()) {
        for (const { colorScheme, width } of looks) {
            const page = await world.visitor('studio', { colorScheme, viewport: { width, height: 800 } });
            await page.setContent(mail.html ?? `<pre>${mail.text}</pre>`);
            const words = mail.subject.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 50);
            await draw(page, join('mails', `${width}-${colorScheme}`, `${index + 1}-${words}.png`));
            await page.context().close();
        }
    }
}

async function draw(page, path, { fullPage = true } = {}) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    await page.screenshot({ path: join(folder, path), fullPage });
    taken.push(path);
}

/** All of them on one page, to be looked at. */
function gallery() {
    const figures = taken.map(path => `<figure><a href="${path}"><img src="${path}" loading="lazy" width="240"></a><figcaption>${path}</figcaption></figure>`);
    return `<!doctype html><meta charset="utf-8"><title>Pictures</title><style>figure{display:inline-block;width:240px;vertical-align:top}figcaption{font:11px sans-serif;overflow-wrap:anywhere}</style>${figures.join('')}`;
}
