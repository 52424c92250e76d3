// P1: the dot on an open page; P3: what consumes an invitation; P12: what a revocation takes away.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { field, invitationLink, markDocument, openPortal, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Studio resources';
const password = 'a lighthouse keeps seven lamps';

/** The row of one person in "Shared with". */
function grant(page, person) {
    return page.locator('#grants .row').filter({ hasText: person });
}

async function share(page, email) {
    await press(page, 'Share');
    await field(page, 'Email').fill(email);
    await page.getByText('Invite ' + email).waitFor();
    await press(page, 'Send invitation');
    await grant(page, email).getByText('Invited', { exact: true }).waitFor();
}

async function join(email, link) {
    const visitor = await world.visitor();
    await visitor.goto(link);
    await field(visitor, 'Password').fill(password);
    await send(field(visitor, 'Password'));
    await visitor.getByRole('link', { name: portal }).first().waitFor();
    return visitor;
}

test('P1: the dot is yellow until the client has set up an account, and turns green on the open page', async t => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    const isSameDocument = await markDocument(ada);
    let link;

    await t.test('Ada invites a new client: yellow', async () => {
        await share(ada, 'nora@acme.test');
        assert.equal(await grant(ada, 'nora@acme.test').getByText('Joined').count(), 0);
    });

    await t.test('scanners follow the link forty times, and a person opens it', async () => {
        const visitor = await world.visitor();
        link = await invitationLink(visitor, await world.mailbox.nextTo('nora@acme.test'));
        await visitor.goto('/');
        const answers = await visitor.evaluate(async link => {
            const methods = Array.from({ length: 40 }, (_, time) => time % 2 ? 'HEAD' : 'GET');
            return Promise.all(methods.map(async method => (await fetch(link, { method })).status));
        }, link);
        assert.deepEqual(new Set(answers), new Set([200]));
        await visitor.goto(link);
        await field(visitor, 'Password').waitFor();
    });

    await t.test('it is still yellow when later news has reached the page', async () => {
        const ben = await world.signedIn('ben');
        await openPortal(ben, portal);
        await share(ben, 'omar@acme.test');
        await grant(ada, 'omar@acme.test').getByText('Invited', { exact: true }).waitFor();
        for (const page of [ada, ben]) {
            assert.equal(await grant(page, 'nora@acme.test').locator('.dot').innerText(), 'Invited');
        }
    });

    await t.test('the client chooses a password: green, on the page that Ada never left', async () => {
        await join('nora@acme.test', link);
        await grant(ada, 'nora@acme.test').getByText('Joined', { exact: true }).waitFor();
        assert.equal(await grant(ada, 'omar@acme.test').locator('.dot').innerText(), 'Invited');
        assert.ok(await isSameDocument());
    });

    await t.test('P3: the used link sets no second password', async () => {
        const visitor = await world.visitor();
        await visitor.goto(link);
        await visitor.getByText('This invitation was already used').waitFor();
        assert.equal(await visitor.getByLabel('Password', { exact: true }).count(), 0);
    });
});

test('P1: the dot turns green in the open share dialog too, and what was typed there stays', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    await share(ada, 'pia@acme.test');
    const link = await invitationLink(await world.visitor(), await world.mailbox.nextTo('pia@acme.test'));
    await press(ada, 'Share');
    const dialog = ada.getByRole('dialog');
    await field(ada, 'Message').fill('Welcome to all of it');
    await dialog.locator('.share-holders').evaluate(list => { list.open = true; });
    const holder = dialog.locator('.share-holders .row').filter({ hasText: 'pia@acme.test' });
    await holder.getByText('Invited', { exact: true }).waitFor();
    await join('pia@acme.test', link);
    await grant(ada, 'pia@acme.test').getByText('Joined', { exact: true }).waitFor();
    await holder.getByText('Joined', { exact: true }).waitFor();
    assert.equal(await field(ada, 'Message').inputValue(), 'Welcome to all of it');
});

test('P12: after a revocation the very next request is refused, and only to that client', async t => {
    const ada = await world.signedIn('ada');
    const [carol, dora] = await Promise.all([world.signedIn('carol'), world.signedIn('dora')]);
    await openPortal(ada, portal);
    for (const client of [carol, dora]) await openPortal(client, portal);
    const page = carol.url();
    const note = await carol.getByRole('link', { name: 'Working with us' }).getAttribute('href');
    const file = await carol.getByRole('link', { name: 'Wallpaper.png' }).getAttribute('href');
    const addresses = [page, `${page}/items`, note, file, `${file}/content`, `${file}/download`];
    const answers = client => client.evaluate(
        async addresses => Promise.all(addresses.map(async address => (await fetch(address)).status)), addresses);
    assert.deepEqual(await answers(carol), addresses.map(() => 200));

    await t.test('Ada takes the portal away from Carol', async () => {
        await grant(ada, 'Carol Meyer').getByRole('button', { name: 'Revoke' }).click();
        await grant(ada, 'Carol Meyer').getByText('Revoked', { exact: true }).waitFor();
    });

    await t.test('every old address is refused', async () => {
        assert.deepEqual(await answers(carol), addresses.map(() => 404));
        assert.deepEqual(await answers(dora), addresses.map(() => 200));
    });

    await t.test('the open page leads nowhere, and a reload of it shows nothing', async () => {
        await carol.getByRole('link', { name: 'Working with us' }).click();
        await carol.getByRole('heading', { name: 'Nothing is here' }).waitFor();
        await carol.goto(page);
        await carol.getByRole('heading', { name: 'Nothing is here' }).waitFor();
    });

    await t.test('neither her home nor her search knows it', async () => {
        await carol.goto('/');
        await carol.getByRole('link', { name: 'Acme website relaunch' }).waitFor();
        assert.equal(await carol.getByText(portal).count(), 0);
        await carol.goto('/search?q=wallpaper');
        await carol.getByText('Nothing was found').waitFor();
        await dora.goto('/search?q=wallpaper');
        await dora.getByRole('link', { name: 'Wallpaper.png' }).waitFor();
    });

    await t.test('Undo gives it back', async () => {
        await ada.getByRole('button', { name: 'Undo' }).click();
        await grant(ada, 'Carol Meyer').getByText('Joined', { exact: true }).waitFor();
        assert.deepEqual(await answers(carol), addresses.map(() => 200));
    });
});

test('P10: what one client opens and downloads does not reach the page of another', async () => {
    const [ada, carol, dora] = await Promise.all(['ada', 'carol', 'dora'].map(name => world.signedIn(name)));
    for (const page of [ada, dora]) await openPortal(page, portal);
    const news = await dora.evaluateHandle(() => new Promise(resolve => {
        const news = [];
        const stream = new EventSource(document.body.dataset.live);
        stream.onmessage = event => news.push(event.data);
        stream.onopen = () => resolve(news);
    }));
    await openPortal(carol, portal);
    await carol.getByRole('link', { name: 'Wallpaper.png' }).click();
    await Promise.all([carol.waitForEvent('download'), press(carol, 'Download')]);
    await press(ada, 'New folder');
    await field(ada, 'Name').fill('For everybody');
    await send(field(ada, 'Name'));
    await dora.locator('#items').getByRole('link', { name: 'For everybody' }).waitFor();
    const topics = (await news.jsonValue()).filter(topics => topics !== 'hello');
    assert.equal(topics.length, 1, topics.join('\n'));
});
