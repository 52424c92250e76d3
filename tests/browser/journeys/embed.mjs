// T13: an embed is loaded by whoever asks for it, and by nobody else; its frame is the provider's, and not ours.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { findings } from '../world/axe.mjs';
import { misfits } from '../world/fit.mjs';
import { assertFocus, tabTo } from '../world/keyboard.mjs';
import { field, fillIn, openPortal, press, send } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Acme website relaunch';
const embed = 'A tour of the menus';
const player = `<!doctype html><title>Player</title><p id="told">Nothing</p><script>
    let above = 'closed';
    try { above = parent.document.title; } catch {}
    document.getElementById('told').textContent = \`\${origin}, above it is \${above}\`;
</script>`;

/** Answers in the provider's place, and keeps what it was asked for. */
async function providerFor(page) {
    const asked = [];
    await page.route(url => !url.hostname.endsWith('localhost'), route => {
        asked.push(route.request().url());
        return route.fulfill({ contentType: 'text/html', body: player });
    });
    return asked;
}

for (const [name, plain] of [['carol', false], ['carol', true], ['ada', false]]) {
    test(`nothing is asked of the provider before ${name} wants it${plain ? ', without JavaScript' : ''}`, async () => {
        const page = await world.signedIn(name, { javaScriptEnabled: !plain });
        const asked = await providerFor(page);
        await openPortal(page, portal);
        await page.getByRole('link', { name: embed, exact: true }).click();
        await page.getByRole('heading', { level: 1, name: embed }).waitFor();
        await page.getByText('Loom will learn your network address').waitFor();
        await page.waitForLoadState();
        assert.equal(await page.locator('iframe').count(), 0);
        assert.deepEqual(asked, []);

        await press(page, 'Load from Loom');
        await page.locator('iframe').waitFor();
        assert.equal(await page.locator('iframe').getAttribute('title'), embed);
        const told = plain ? 'Nothing' : 'https://www.loom.com, above it is closed';
        await page.frameLocator('iframe').getByText(told).waitFor();
        assert.deepEqual(asked, ['https://www.loom.com/embed/5f0e3b1c9a7d4e2f8b6a0c1d2e3f4a5b']);

        // The consent was for this once.
        await openPortal(page, portal);
        await page.getByRole('link', { name: embed, exact: true }).click();
        await page.getByText('Loom will learn your network address').waitFor();
        assert.equal(asked.length, 1);
    });
}

test('P42: the page of an embed fits, is accessible and works by keyboard, before and after', async () => {
    for (const colorScheme of ['light', 'dark']) {
        const page = await world.signedIn('carol', { viewport: { width: 360, height: 740 }, colorScheme, reducedMotion: 'reduce' });
        await providerFor(page);
        await openPortal(page, portal);
        await tabTo(page, embed);
        await page.keyboard.press('Enter');
        await page.getByText('Loom will learn your network address').waitFor();
        assert.deepEqual([...await findings(page), ...await misfits(page)], []);
        await tabTo(page, 'Load from Loom');
        await assertFocus(page, 'on the button that loads it');
        await page.keyboard.press('Enter');
        await page.locator('iframe').waitFor();
        assert.deepEqual(await misfits(page), []);
    }
});

test('staff add an embed by its markup, and are told what can be shown', async () => {
    const ada = await world.signedIn('ada');
    const asked = await providerFor(ada);
    await openPortal(ada, 'Studio resources');
    await fillIn(ada, 'Add embed', { Address: 'https://evil.test/video', Title: 'How we work' });
    await ada.getByRole('dialog').getByText('This cannot be shown inside a portal.').waitFor();
    assert.equal(await field(ada, 'Title').inputValue(), 'How we work');
    await field(ada, 'Address').fill('<iframe src="https://player.vimeo.com/video/76979871?h=0123abcdef" width="640"></iframe>');
    await send(field(ada, 'Address'));
    const row = ada.locator('#items .row').filter({ hasText: 'How we work' });
    await row.getByText('Vimeo').waitFor();
    assert.deepEqual(asked, []);
});
