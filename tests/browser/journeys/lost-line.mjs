// P44: uploads say how fast they are and how long they take, and outlast a lost line and a restart of the server.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { MIB, isThere, kept, randomFile, sizeOf } from '../world/large.mjs';
import { slowLine } from '../world/line.mjs';
import { Proxy } from '../world/proxy.mjs';
import { field, openPortal, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Studio resources';
const row = (page, name) => page.locator('.upload-row').filter({ has: page.getByText(name, { exact: true }) });
const listed = (page, name) => page.locator('#items').getByRole('link', { name, exact: true });

/** Chooses a file of random bytes on a slow line, and waits until a good part of it has gone. */
async function begin(page, name, size, seconds) {
    await openPortal(page, portal);
    const fast = await slowLine(page, size / seconds);
    const file = randomFile(name, size);
    const asked = [];
    page.on('request', request => {
        if (/\/uploads/.test(request.url())) asked.push([request.method(), request.headers()['upload-offset']]);
    });
    await page.getByLabel('Files', { exact: true }).setInputFiles(file.path);
    const bar = row(page, name).getByRole('progressbar', { name });
    await page.waitForFunction(bar => bar.value > 0.4, await bar.elementHandle(), isThere);
    return { fast, file, asked };
}

/** It went on from a later place than the beginning, and was begun once. */
function wentOn(asked, size) {
    const offsets = asked.filter(([method]) => method === 'PATCH').map(([, offset]) => Number(offset));
    assert.equal(asked.filter(([method]) => method === 'POST').length, 1, 'begun once');
    assert.ok(offsets.length > 1 && offsets.at(-1) > 0 && offsets.at(-1) < size, `sent from ${offsets}`);
}

test('an upload tells its share, its pace and the time left', async () => {
    const ada = await world.signedIn('ada');
    const { fast } = await begin(ada, 'film.mp4', 6 * MIB, 6);
    await row(ada, 'film.mp4').getByText(/^\d+% · [\d.]+ (kB|MB)\/s · \d+ sec left$/).waitFor();
    await fast();
    await listed(ada, 'film.mp4').waitFor();
});

test('a lost line is said, and the upload goes on by itself when it is back', async t => {
    const proxy = await Proxy.to(world.server);
    t.after(() => proxy.stop());
    const ada = await world.signedIn('ada', proxy.options);
    const { fast, file, asked } = await begin(ada, 'plans.zip', sizeOf(12), 3);
    proxy.cut();
    await row(ada, 'plans.zip').getByText('The connection was lost.').waitFor();
    await fast();
    proxy.mend();
    await listed(ada, 'plans.zip').waitFor(isThere);
    wentOn(asked, file.size);
    assert.equal(await kept(ada, world.server, 'plans.zip'), file.sum);
});

test('an upload outlasts a restart of the server', async () => {
    const ada = await world.signedIn('ada');
    const { fast, file, asked } = await begin(ada, 'archive.tar', sizeOf(12), 3);
    await world.server.restart();
    await fast();
    await listed(ada, 'archive.tar').waitFor(isThere);
    wentOn(asked, file.size);
    assert.equal(await kept(ada, world.server, 'archive.tar'), file.sum);
});

test('T11: what there is no room for says so, the meter is full, and it can be tried again when there is room', async t => {
    const ada = await world.signedIn('ada');
    const owner = await world.signedIn('ada');
    const limit = async (megabytes, words) => {
        await owner.goto('/staff/settings/storage');
        await field(owner, 'Limit in MB').fill(String(megabytes));
        await send(field(owner, 'Limit in MB'));
        await owner.getByText(new RegExp(`of ${words.replace(' ', '\\s')} used`)).first().waitFor();
    };
    const meter = () => owner.getByRole('meter', { name: 'Storage space' });
    const filled = () => meter().evaluate(meter => meter.value / meter.max);

    await t.test('refused in words', async () => {
        await limit(1, '1.0 MB');
        await owner.getByText('The space is used up').waitFor();
        assert.ok(await filled() >= 1);
        await openPortal(ada, portal);
        await ada.getByLabel('Files', { exact: true }).setInputFiles(
            { name: 'late.txt', mimeType: 'text/plain', buffer: Buffer.from('late') });
        await row(ada, 'late.txt').getByText('Your organization’s storage space is used up.').waitFor();
        assert.equal(await listed(ada, 'late.txt').count(), 0);
    });

    await t.test('and taken when it is tried again', async () => {
        await limit(100_000, '100 GB');
        assert.ok(await filled() < 1);
        assert.equal(await owner.getByText('The space is used up').count(), 0);
        await row(ada, 'late.txt').getByRole('button', { name: 'Try again' }).press('Enter');
        await listed(ada, 'late.txt').waitFor();
    });
});
