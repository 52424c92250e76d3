// What is inside files: found words marked where they open, recordings and films from any place on, small pictures.

import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { eventually } from '../world/server.mjs';
import { field, openPortal } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Acme website relaunch';

const listed = (page, name) => page.locator('#items').getByRole('link', { name, exact: true });

async function upload(page, name, mimeType, buffer) {
    await openPortal(page, portal);
    await page.getByLabel('Files', { exact: true }).setInputFiles({ name, mimeType, buffer });
    await listed(page, name).waitFor();
}

/** Every object of the store, with its size. */
function objects() {
    const folder = join(world.server.data, 'objects');
    const paths = readdirSync(folder, { recursive: true }).map(name => join(folder, name));
    return paths.filter(path => statSync(path).isFile()).toSorted();
}

test('P31: what was found is marked where it opens', async t => {
    const carol = await world.signedIn('carol');
    const open = async (query, name) => {
        await carol.goto('/search');
        await field(carol, 'Search').fill(query);
        await carol.getByRole('link', { name }).first().click();
        await carol.getByRole('heading', { level: 1, name }).waitFor();
    };

    await t.test('in a text file', async () => {
        await open('maquette présentoir', 'Cahier des charges – été.txt');
        const marked = await carol.locator('pre.file-text mark').allInnerTexts();
        assert.deepEqual(new Set(marked), new Set(['maquette', 'présentoir']));
    });

    await t.test('on the page of a PDF', async () => {
        await open('quarterly retainer', 'Brand handbook.pdf');
        await carol.getByRole('img', { name: 'Page 7 of 40' }).waitFor();
        const marked = await carol.locator('pre.file-words mark').allInnerTexts();
        assert.deepEqual(new Set(marked.map(word => word.toLowerCase())), new Set(['quarterly', 'retainer']));
    });
});

/** Twenty minutes of a tone, as WAV with 8,000 samples a second of 8 bits each: more than a player fetches ahead. */
function recording(seconds) {
    const samples = Buffer.from(Array.from({ length: seconds * 8_000 }, (_, at) => 128 + 40 * Math.sin(at / 9)));
    const header = Buffer.from('RIFF....WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data....', 'latin1');
    header.writeUInt32LE(36 + samples.length, 4);
    header.writeUInt32LE(samples.length, 40);
    return Buffer.concat([header, samples]);
}

test('P33: a recording is heard from any place on, and only that part is fetched', async () => {
    const [ada, carol] = [await world.signedIn('ada'), await world.signedIn('carol')];
    await upload(ada, 'Interview.wav', 'audio/wav', recording(1_200));
    const parts = [];
    carol.on('response', async answer => {
        if (answer.url().endsWith('/content')) parts.push([answer.status(), answer.headers()['content-range']]);
    });
    await openPortal(carol, portal);
    await listed(carol, 'Interview.wav').click();
    const audio = carol.locator('audio');
    await eventually('its length is known', () => audio.evaluate(sound => sound.duration === 1_200));
    await audio.evaluate(sound => new Promise(resolve => {
        sound.addEventListener('seeked', resolve, { once: true });
        sound.currentTime = 1_100;
    }));
    const heard = await audio.evaluate(async sound => {
        sound.muted = true;
        await sound.play();
        await new Promise(resolve => sound.addEventListener('timeupdate', () => sound.currentTime > 1_100 && resolve()));
        sound.pause();
        return sound.currentTime;
    });
    assert.ok(heard > 1_100 && heard < 1_200, `${heard}`);
    const beginnings = parts.map(([status, range]) => status === 206 && Number(/^bytes (\d+)-/.exec(range)[1]));
    assert.ok(beginnings.some(beginning => beginning > 8_000_000), `asked for ${JSON.stringify(parts)}`);
});

/** A second of a square that wanders, as the browser itself records it. */
async function film(page) {
    const bytes = await page.evaluate(async () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
        const context = canvas.getContext('2d');
        const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm;codecs=vp8' });
        const pieces = [];
        recorder.ondataavailable = ({ data }) => pieces.push(data);
        const over = new Promise(resolve => { recorder.onstop = resolve; });
        recorder.start();
        for (let frame = 0; frame < 50; frame++) {
            context.fillStyle = '#246';
            context.fillRect(0, 0, 320, 180);
            context.fillStyle = '#fc6';
            context.fillRect(frame * 5, 60, 60, 60);
            await new Promise(resolve => setTimeout(resolve, 40));
        }
        recorder.stop();
        await over;
        return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
    });
    return Buffer.from(bytes);
}

test('P33: a film plays in place', async () => {
    const [ada, carol] = [await world.signedIn('ada'), await world.signedIn('carol')];
    await upload(ada, 'Walk-through.webm', 'video/webm', await film(await world.visitor()));
    await openPortal(carol, portal);
    await listed(carol, 'Walk-through.webm').click();
    const video = carol.locator('video');
    await eventually('its pictures have come', () => video.evaluate(film => film.readyState >= 2));
    assert.deepEqual(await video.evaluate(film => [film.videoWidth, film.videoHeight]), [320, 180]);
    const [from, to] = await video.evaluate(async film => {
        film.muted = true;
        await film.play();
        await new Promise(resolve => film.addEventListener('timeupdate', () => film.currentTime > 0.4 && resolve()));
        const from = film.currentTime;
        film.pause();
        await new Promise(resolve => {
            film.addEventListener('seeked', resolve, { once: true });
            film.currentTime = 0.1;
        });
        return [from, film.currentTime];
    });
    assert.ok(from > 0.4);
    assert.equal(to, 0.1);
});

/** A photograph as a camera writes it: with a note about the camera and the place (Exif 3.0, section 4.6.6). */
async function photograph(page) {
    const bytes = await page.evaluate(async () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 1_200, height: 900 });
        const context = canvas.getContext('2d');
        const sky = context.createLinearGradient(0, 0, 1_200, 900);
        ['#f6c', '#36c', '#3c6'].forEach((colour, at) => sky.addColorStop(at / 2, colour));
        context.fillStyle = sky;
        context.fillRect(0, 0, 1_200, 900);
        const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.9));
        return [...new Uint8Array(await blob.arrayBuffer())];
    });
    const jpeg = Buffer.from(bytes);
    const exif = Buffer.concat([
        Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1'),
        // One entry: GPSInfo, a long, at 26; there one entry: GPSMapDatum, ASCII, in 12 letters at 44.
        Buffer.from('0001' + '8825000400000001' + '0000001a' + '00000000', 'hex'),
        Buffer.from('0001' + '001200020000000c' + '0000002c' + '00000000', 'hex'),
        Buffer.from('48.85837 N\0\0', 'latin1'),
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(exif.length + 2);
    return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, exif, jpeg.subarray(2)]);
}

test('a photograph gets its small picture once, without the place where it was taken', async () => {
    const [ada, carol] = [await world.signedIn('ada'), await world.signedIn('carol')];
    const content = await photograph(await world.visitor());
    assert.ok(content.includes('48.85837 N'));
    await upload(ada, 'Eiffel.jpg', 'image/jpeg', content);
    const thumbnail = page => page.locator('#items [data-reorder-key], #items .row').filter({ hasText: 'Eiffel.jpg' }).locator('img.row-thumbnail');
    await eventually('it is drawn', async () => await thumbnail(ada).count() > 0 || !await openPortal(ada, portal));
    const before = objects();

    const fetched = [];
    for (const page of [carol, carol, ada]) {
        await openPortal(page, portal);
        const [type, bytes] = await thumbnail(page).evaluate(async ({ src }) => {
            const answer = await fetch(src, { cache: 'reload' });
            return [answer.headers.get('content-type'), [...new Uint8Array(await answer.arrayBuffer())]];
        });
        fetched.push(Buffer.from(bytes));
        assert.equal(type, 'image/webp');
        const [width, height] = await thumbnail(page).evaluate(async image => {
            image.loading = 'eager';
            await image.decode();
            return [image.naturalWidth, image.naturalHeight];
        });
        assert.ok(width <= 512 && Math.abs(width / height - 4 / 3) < 0.02, `${width} by ${height}`);
    }
    assert.deepEqual(objects(), before, 'nothing was drawn again');
    assert.ok(fetched.every(picture => picture.equals(fetched[0])));
    for (const trace of ['48.85837', 'Exif', 'EXIF']) assert.ok(!fetched[0].includes(trace), trace);
    const holding = objects().filter(path => readFileSync(path).includes('48.85837'));
    assert.equal(holding.length, 1, 'only what was uploaded, which is kept as it came');
    assert.ok(readFileSync(holding[0]).equals(content));
});
