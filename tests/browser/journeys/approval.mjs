// A client is asked whether a file is right as it is, and answers: on a phone, with and without JavaScript, by keyboard.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { misfits } from '../world/fit.mjs';
import { focused, tabTo } from '../world/keyboard.mjs';
import { field, markDocument, openPortal, press } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Acme website relaunch';
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };

async function upload(page, name, words) {
    await openPortal(page, portal);
    await page.getByLabel('Files', { exact: true }).setInputFiles(
        { name, mimeType: 'text/plain', buffer: Buffer.from(words) },
    );
    await page.locator('[data-upload-status]', { hasText: 'All uploads are finished.' }).waitFor({ state: 'attached' });
    await page.locator('#items').getByRole('link', { name, exact: true }).click();
    await page.getByText(words).first().waitFor();
}

async function ask(page) {
    await press(page, 'Ask for approval');
    await page.getByRole('dialog').getByRole('checkbox', { name: /carol@acme\.test/ }).check();
    await press(page, 'Send request');
    await page.locator('#approvals').getByText('Waiting', { exact: true }).waitFor();
}

for (const [how, options] of [['with JavaScript', {}], ['without', { javaScriptEnabled: false }]]) {
    test(`Carol declines with a reason and approves what replaces it, ${how}`, async t => {
        const ada = await world.signedIn('ada');
        const carol = await world.signedIn('carol', { ...phone, ...options });
        const name = `Poster ${how}.txt`;
        const line = () => carol.locator('.row').filter({ hasText: `Approve “${name}”` });
        let isSame;

        await t.test('Ada asks, and Carol finds it under "Waiting for you"', async () => {
            await upload(ada, name, 'First draft');
            await ask(ada);
            isSame = await markDocument(ada);
            await carol.goto('/');
            await press(line(), 'Look and answer');
            await carol.getByText('First draft').waitFor();
            assert.deepEqual(await misfits(carol), []);
        });

        await t.test('declined without a reason, she is asked for one', async () => {
            await press(carol, 'Decline');
            await carol.getByText('Say what should be different.').waitFor();
            await field(carol, 'What should be different?').fill('The date is wrong.');
            await press(carol, 'Decline');
            await carol.getByText('You declined this file').waitFor();
        });

        await t.test('it stands on Ada’s open page without a reload', async () => {
            await ada.locator('#approvals').getByText('The date is wrong.').waitFor();
            assert.ok(await isSame());
        });

        await t.test('Carol approves the next version', async () => {
            await upload(ada, name, 'Second draft');
            await ada.locator('#approvals').getByText('Waiting', { exact: true }).waitFor();
            await carol.goto('/');
            await press(line(), 'Look and answer');
            await carol.getByText('which you declined').waitFor();
            await press(carol, 'Approve');
            await carol.getByText('You approved this file').waitFor();
            await ada.locator('#approvals').getByText('Approved', { exact: true }).waitFor();
            await carol.goto('/');
            assert.equal(await line().count(), 0);
        });

        await t.test('nobody else was asked', async () => {
            for (const person of ['cyril', 'dora']) {
                const other = await world.signedIn(person);
                assert.equal(await other.getByText(name).count(), 0, person);
            }
        });
    });
}

test('Ada asks and Carol approves by keyboard alone', async () => {
    const ada = await world.signedIn('ada');
    const carol = await world.signedIn('carol', phone);
    await upload(ada, 'Flyer.txt', 'Only draft');
    await tabTo(ada, 'Ask for approval');
    await ada.keyboard.press('Enter');
    // It begins with the first who can be asked.
    await ada.locator('dialog input[type=checkbox]:focus').waitFor();
    assert.match((await focused(ada)).name, /carol@acme\.test/);
    await ada.keyboard.press('Space');
    await tabTo(ada, 'Send request');
    await ada.keyboard.press('Enter');
    await ada.getByRole('dialog').waitFor({ state: 'hidden' });
    await ada.locator('#approvals').getByText('Waiting', { exact: true }).waitFor();

    await carol.goto('/');
    await tabTo(carol, 'Look and answer');
    await carol.keyboard.press('Enter');
    await carol.getByText('Only draft').waitFor();
    await tabTo(carol, 'Approve');
    await carol.keyboard.press('Enter');
    await carol.getByText('You approved this file').waitFor();
});
