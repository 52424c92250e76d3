// Messages: a client writes, staff's open page shows it; drafts, unread numbers and receipts; by keyboard alone, on a
// phone and without JavaScript.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { eventually } from '../world/server.mjs';
import { field, markDocument, openPortal, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const phone = { viewport: { width: 360, height: 740 } };
const portal = 'Acme website relaunch';

const count = page => page.locator('#count-of-message');
/** An open page reads whatever comes. */
const leave = (...pages) => Promise.all(pages.map(page => page.context().close()));
/** The headings between messages; what people write begins with smaller ones. */
const days = page => page.locator('#thread h2').allInnerTexts();
const message = (page, words) => page.locator('li.message').filter({ hasText: words });

/** Ada's page of what she and Carol write to each other. */
async function withCarol(ada) {
    await ada.goto('/staff/messages');
    await ada.locator('#conversations .row').filter({ hasText: portal }).getByRole('link').click();
    await ada.getByRole('heading', { level: 1, name: 'Carol Meyer' }).waitFor();
}

async function openConversation(carol) {
    await openPortal(carol, portal);
    await press(carol, 'Open the conversation');
    await field(carol, 'Message').waitFor();
}

test('what Carol writes stands on Ada’s open page, and what Ada was typing stays', async t => {
    const ada = await world.signedIn('ada');
    const ben = await world.signedIn('ben');
    const carol = await world.signedIn('carol', phone);
    await withCarol(ada);
    // Looking at it is reading it, for her alone.
    await count(ada).waitFor({ state: 'hidden' });
    await ben.goto('/staff');
    assert.equal(await count(ben).innerText(), '1');
    assert.ok((await ben.title()).startsWith('(1) '));
    const isSameDocument = await markDocument(ada);
    await field(ada, 'Message').fill('There is a car park beh');

    await t.test('by keyboard alone', async () => {
        await openConversation(carol);
        await field(carol, 'Message').focus();
        await carol.keyboard.type('Is there a **car park**?');
        // Past the picker of files.
        await carol.keyboard.press('Tab');
        await carol.keyboard.press('Tab');
        await carol.keyboard.press('Enter');
        await message(carol, 'Is there a car park?').waitFor();
        assert.equal(await field(carol, 'Message').inputValue(), '');
        assert.equal(await message(carol, 'Is there a').locator('.prose strong').innerText(), 'car park');
        assert.ok(await field(carol, 'Message').evaluate(input => input === document.activeElement));
    });

    await t.test('without a reload, and the draft stays where it was', async () => {
        await message(ada, 'Is there a car park?').waitFor();
        assert.equal(await field(ada, 'Message').inputValue(), 'There is a car park beh');
        assert.ok(await isSameDocument());
    });

    await t.test('it came under today’s heading, and each heading stands there once', async () => {
        for (const page of [ada, carol]) {
            const said = await days(page);
            assert.equal(said.at(-1), 'Today');
            assert.equal(new Set(said).size, said.length, said.join(', '));
        }
    });

    await t.test('a draft survives a reload, and is gone once it is sent', async () => {
        await ada.reload();
        assert.equal(await field(ada, 'Message').inputValue(), 'There is a car park beh');
        await field(ada, 'Message').fill('There is a car park behind it.');
        await press(ada, 'Send');
        await message(ada, 'There is a car park behind it.').waitFor();
        await ada.reload();
        assert.equal(await field(ada, 'Message').inputValue(), '');
    });

    await t.test('Carol reads it, and Ada learns when', async () => {
        await message(carol, 'There is a car park behind it.').waitFor();
        await ada.getByText(/^Read \d\d:\d\d$/).waitFor();
        assert.equal(await carol.getByText(/^Read \d\d:\d\d$/).count(), 0);
        await count(ben).waitFor({ state: 'hidden' });
        await eventually('nothing waits in the title', async () => !(await ben.title()).startsWith('('));
    });

    await t.test('it fits a phone', async () => {
        const overflow = await carol.locator('html').evaluate(page => page.scrollWidth > page.clientWidth);
        assert.equal(overflow, false, 'the page is wider than the phone');
    });

    await t.test('Ada changes and deletes in place, and Carol sees both', async () => {
        const own = message(ada, 'There is a car park behind it.');
        await own.locator('summary').click();
        await press(own, 'Edit');
        await ada.getByRole('dialog').getByLabel('Message', { exact: true }).fill('There is one behind it.');
        await press(ada.getByRole('dialog'), 'Save');
        await message(carol, 'There is one behind it.').getByText('edited', { exact: true }).waitFor();
        const changed = message(ada, 'There is one behind it.');
        await changed.locator('summary').click();
        await press(changed, 'Delete');
        await press(ada.getByRole('dialog'), 'Delete');
        await carol.getByText('This message was deleted.').waitFor();
        await ada.getByRole('dialog').waitFor({ state: 'hidden' });
        assert.equal(await carol.getByText('There is one behind it.').count(), 0);
    });
    await leave(ada, ben, carol);
});

test('a draft is forgotten when its author signs out', async () => {
    const carol = await world.signedIn('carol');
    await openConversation(carol);
    await field(carol, 'Message').fill('Half of a');
    const drafts = () => carol.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('draft ')));
    assert.equal((await drafts()).length, 1);
    await carol.locator('.person-menu summary').click();
    await press(carol, 'Sign out');
    await field(carol, 'Email').or(carol.getByRole('link', { name: 'Sign in' })).first().waitFor();
    assert.deepEqual(await drafts(), []);
});

test('an unread number appears on an open page by itself', async () => {
    const [ada, carol] = [await world.signedIn('ada'), await world.signedIn('carol')];
    await openPortal(carol, portal);
    const before = await eventually('the number', async () => await count(carol).textContent() || null);
    await withCarol(ada);
    await field(ada, 'Message').fill('Good morning');
    await press(ada, 'Send');
    await eventually('the number grew', async () => await count(carol).textContent() !== before);
    await eventually('the title says it, too', async () => {
        const counts = await carol.locator('.navigation-count').allTextContents();
        const waiting = counts.reduce((sum, each) => sum + Number(each), 0);
        return (await carol.title()).startsWith(`(${waiting}) `);
    });
    await carol.locator('#portal-messages').getByText('Good morning').waitFor();
    await leave(ada, carol);
});

test('a file goes with a message, in place', async () => {
    const [ada, carol] = [await world.signedIn('ada'), await world.signedIn('carol', phone)];
    await withCarol(ada);
    await openConversation(carol);
    const isSameDocument = await markDocument(ada);
    await field(ada, 'Message').fill('The hours are enclosed.');
    const file = { name: 'opening hours.txt', mimeType: 'text/plain', buffer: Buffer.from('Nine to five.') };
    await field(ada, 'Files').setInputFiles(file);
    await press(ada, 'Send');
    for (const page of [ada, carol]) {
        await message(page, 'The hours are enclosed.').getByRole('link', { name: 'opening hours.txt' }).waitFor();
    }
    assert.ok(await isSameDocument());
    assert.equal(await field(ada, 'Files').inputValue(), '');
    const overflow = await carol.locator('html').evaluate(page => page.scrollWidth > page.clientWidth);
    assert.equal(overflow, false, 'the page is wider than the phone');
    await leave(ada, carol);
});

test('P40: without JavaScript', async t => {
    const plain = { javaScriptEnabled: false };
    const [ada, carol] = [await world.signedIn('ada', plain), await world.signedIn('carol', { ...plain, ...phone })];

    await t.test('Carol is told what is wrong, with what she typed, and writes', async () => {
        await openConversation(carol);
        await field(carol, 'Message').fill('x'.repeat(10_001));
        await press(carol, 'Send');
        await carol.getByText('Use at most 10,000 characters.').waitFor();
        assert.equal((await field(carol, 'Message').inputValue()).length, 10_001);
        await field(carol, 'Message').fill('Without a script');
        await press(carol, 'Send');
        await message(carol, 'Without a script').waitFor();
        assert.equal(await field(carol, 'Message').inputValue(), '');
    });

    await t.test('Ada marks it as read by a button', async () => {
        await withCarol(ada);
        await message(ada, 'Without a script').waitFor();
        await press(ada, 'Mark as read');
        await message(ada, 'Without a script').waitFor();
        assert.equal(await ada.getByRole('button', { name: 'Mark as read' }).count(), 0);
    });

    await t.test('Carol deletes it on a page of its own', async () => {
        const own = message(carol, 'Without a script');
        await own.locator('summary').click();
        await press(own, 'Delete');
        await carol.getByRole('heading', { name: 'Delete this message?' }).waitFor();
        await press(carol, 'Delete');
        await message(carol, 'This message was deleted.').last().waitFor();
        assert.equal(await message(carol, 'Without a script').count(), 0);
    });
});
