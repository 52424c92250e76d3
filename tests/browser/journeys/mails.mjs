// Without a mail server, the owner reads in the browser what would have been sent, in a frame that runs nothing.

import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { field, openPortal, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();

/** As a template that somebody got hold of would try it. */
const harm = `<script>document.title = 'ran'; parent.postMessage('ran', '*');</script>
    <img src="x" onerror="document.title = 'ran'"><form action="/sign-out" method="post"><button>Press me</button></form>`;

test('the owner reads mails, and nobody else does', async t => {
    const ada = await world.signedIn('ada');
    let address;

    await t.test('an invitation stands first, and its button works', async () => {
        await openPortal(ada, 'Studio resources');
        await press(ada, 'Share');
        await field(ada, 'Email').fill('quinn@acme.test');
        await press(ada, 'Send invitation');
        const mail = await world.mailbox.nextTo('quinn@acme.test');
        await ada.goto('/staff/settings/mail');
        const first = ada.locator('main table tbody tr').first();
        assert.match(await first.innerText(), /quinn@acme\.test/);
        await first.getByRole('link', { name: mail.subject, exact: true }).click();
        await ada.getByRole('heading', { level: 1, name: mail.subject }).waitFor();
        address = new URL(ada.url()).pathname;
        const frame = ada.frameLocator(`iframe[title="${mail.subject}"]`);
        const link = frame.getByRole('link', { name: 'Set up your account' });
        await link.waitFor();
        const [opened] = await Promise.all([ada.context().waitForEvent('page'), link.click()]);
        await opened.getByRole('button', { name: 'Set up account' }).waitFor();
        await opened.close();
        // The plain-text twin below it.
        assert.ok((await ada.locator('.mail-plain').innerText()).includes(await link.getAttribute('href')));
    });

    await t.test('what would run in it does not', async () => {
        const folder = join(world.server.data, 'mail');
        const name = readdirSync(folder).find(name => address.endsWith(name));
        const plain = readFileSync(join(folder, name), 'utf8').split(/\r?\n\r?\n/)[0]
            .split(/\r?\n/).filter(line => /^(from|to|subject|date|message-id):/i.test(line)).join('\r\n');
        const mail = `${plain}\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Good morning</p>${harm}`;
        const hostile = name.replace(/\.eml$/, '-x.eml');
        writeFileSync(join(folder, hostile), mail);
        // In a tab of its own: what the policy stops here, no page of ours may ever try.
        const tab = await ada.context().newPage();
        const said = [];
        await tab.exposeFunction('heard', words => said.push(words));
        await tab.addInitScript(() => addEventListener('message', ({ data }) => heard(data)));
        const page = `/staff/settings/mail/${hostile}`;
        await tab.goto(page);
        const frame = tab.frameLocator('iframe');
        await frame.getByText('Good morning').waitFor();
        await frame.getByRole('button', { name: 'Press me' }).click();
        await frame.getByText('Good morning').waitFor();
        const inside = tab.frames().find(frame => frame.url().endsWith('/body'));
        assert.equal(await inside.title(), '');
        assert.equal(await inside.evaluate(() => window.origin), 'null', 'it is of no origin');
        assert.deepEqual(said, []);
        assert.equal((await tab.goto('/staff')).status(), 200, 'she is still signed in');
        // Opened by itself it runs as little.
        await tab.goto(`${page}/body`);
        await tab.getByText('Good morning').waitFor();
        assert.equal(await tab.title(), '');
        await tab.close();
    });

    await t.test('nobody else reads it', async () => {
        for (const [name, status] of [['ben', 403], ['carol', 404], ['eve', 404]]) {
            const other = await world.signedIn(name);
            for (const path of [address, `${address}/body`]) {
                assert.equal((await other.goto(path)).status(), status, `${name} at ${path}`);
            }
        }
        const stranger = await world.visitor();
        await stranger.goto(address);
        await stranger.waitForURL(url => url.pathname === '/sign-in');
    });
});

test('every mail fits a phone', async () => {
    const ada = await world.signedIn('ada', { viewport: { width: 360, height: 800 } });
    await ada.goto('/staff/settings/components');
    const samples = await ada.locator('a[href*="/components/letter?"]').evaluateAll(links => links.map(link => link.href));
    assert.ok(samples.length > 40, `${samples.length} samples`);
    for (const address of samples) {
        await ada.goto(address);
        assert.equal(await ada.evaluate(() => document.documentElement.scrollWidth), 360, address);
    }
});
