// P31: results while typing; P30, P10: what they are taken from, and never from what is not shared.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { misfits } from '../world/fit.mjs';
import { field, markDocument, openPortal } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const handbook = { name: 'Brand handbook.pdf' };

function overlayOf(page) {
    return page.getByRole('dialog', { name: 'Search everything' });
}

/** The names of the hits, each told from its group's by the link it is. */
function hits(page) {
    return page.locator('#results [data-search-hit] .search-hit-name').allInnerTexts();
}

test('P31: three letters show results with marked words, and leave the page and the box as they are', async t => {
    const carol = await world.signedIn('carol');
    await carol.goto('/search');
    const isSameDocument = await markDocument(carol);
    const box = field(carol, 'Search');

    await t.test('Carol types three letters', async () => {
        await box.pressSequentially('qua');
        await carol.locator('mark', { hasText: /^qua/i }).first().waitFor();
        assert.equal(await box.inputValue(), 'qua');
        assert.ok(await box.evaluate(input => input === document.activeElement));
    });

    await t.test('more letters go on where she was', async () => {
        await box.pressSequentially('rterly retainer');
        await carol.locator('mark', { hasText: 'retainer' }).first().waitFor();
        assert.equal(await box.inputValue(), 'quarterly retainer');
        assert.ok(await box.evaluate(input => input === document.activeElement));
        assert.ok(await isSameDocument());
    });

    await t.test('the hit says the page of the PDF, and opens it there', async () => {
        const hit = carol.getByRole('link', handbook);
        assert.match(await hit.innerText(), /The quarterly retainer covers/);
        assert.match(await hit.innerText(), /PDF, page 7$/);
        assert.deepEqual(new Set(await hit.locator('mark').allInnerTexts()), new Set(['quarterly', 'retainer']));
        await hit.click();
        await carol.getByRole('heading', { level: 1, ...handbook }).waitFor();
        await carol.getByRole('img', { name: 'Page 7 of 40' }).waitFor();
    });

    await t.test('a typo in a long word, another case and a missing accent find the same', async () => {
        for (const [words, name] of [['quartrely', handbook.name], ['HANDBOOK', handbook.name], ['reunion', 'Compte rendu de la réunion d\'été']]) {
            await carol.goto('/search');
            await field(carol, 'Search').fill(words);
            await carol.getByRole('link', { name }).first().waitFor();
        }
    });

    await t.test('an empty box shows no results', async () => {
        await field(carol, 'Search').fill('');
        await carol.locator('#results [data-search-hit]').first().waitFor({ state: 'detached' });
    });
});

test('the box on a page finds in place, and the arrow keys go through what it found', async t => {
    const carol = await world.signedIn('carol');
    const focused = () => carol.evaluate(() => document.activeElement.getAttribute('href') ?? document.activeElement.name);

    await t.test('at home it searches everything', async () => {
        await field(carol, 'Search').fill('photographs');
        await carol.getByRole('link', { name: 'How to send us photographs' }).waitFor();
        assert.match(await carol.locator('h1').innerText(), /Carol/);
    });

    await t.test('down, down, up, up: back in the box', async () => {
        const [first, second] = await carol.locator('[data-search-hit]').evaluateAll(all => all.map(hit => hit.getAttribute('href')));
        const stops = [];
        for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp']) {
            await carol.keyboard.press(key);
            stops.push(await focused());
        }
        assert.deepEqual(stops, [first, second, first, 'q']);
        assert.equal(await field(carol, 'Search').inputValue(), 'photographs');
    });

    await t.test('Enter opens the one that has the focus', async () => {
        await carol.keyboard.press('ArrowDown');
        const href = await focused();
        await carol.keyboard.press('Enter');
        await carol.waitForURL(url => url.pathname + url.search + url.hash === href);
    });

    await t.test('in a portal it finds what is in it, and nothing of another one', async () => {
        await openPortal(carol, 'Studio resources');
        await field(carol, 'Search').fill('wallpaper');
        await carol.getByRole('link', { name: 'Wallpaper.png' }).nth(1).waitFor();
        await field(carol, 'Search').fill('retainer');
        await carol.locator('#results').getByText('Nothing was found').waitFor();
        await carol.getByRole('link', { name: 'Search everywhere' }).click();
        await carol.getByRole('link', handbook).waitFor();
    });
});

for (const [name, places] of [
    ['carol', ['/', '/account', '/search', 'Studio resources']],
    ['ada', ['/staff', '/staff/clients', '/staff/invitations', '/staff/account', '/staff/settings', 'Studio resources']],
]) {
    test(`Ctrl+K searches from wherever ${name} is, by keyboard alone`, async () => {
        const page = await world.signedIn(name);
        const overlay = overlayOf(page);
        for (const place of places) {
            await (place.startsWith('/') ? page.goto(place) : openPortal(page, place));
            const before = page.url();
            await page.locator('main').focus();
            await page.keyboard.press('Control+k');
            await overlay.waitFor();
            const box = overlay.getByRole('combobox', { name: 'Search' });
            await box.pressSequentially('han');
            await overlay.getByRole('option', { selected: true }).waitFor();
            assert.ok(await overlay.locator('mark', { hasText: /^han/i }).count() > 0, place);
            assert.equal(await box.inputValue(), 'han', place);
            await page.keyboard.press('Escape');
            await overlay.waitFor({ state: 'hidden' });
            assert.equal(page.url(), before);
            assert.ok(await page.evaluate(() => document.activeElement === document.querySelector('main')), place);
        }
        await page.keyboard.press('Meta+k');
        await overlay.getByRole('combobox').fill('quarterly retainer');
        await overlay.getByRole('option', handbook).waitFor();
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { level: 1, ...handbook }).waitFor();
    });
}

test('in the overlay the arrow keys choose, around both ends, while the focus stays in the box', async () => {
    const carol = await world.signedIn('carol');
    await carol.keyboard.press('Control+k');
    const box = overlayOf(carol).getByRole('combobox');
    await box.fill('the');
    const options = overlayOf(carol).getByRole('option');
    await options.nth(1).waitFor();
    const count = await options.count();
    const chosen = () => options.evaluateAll(all => all.findIndex(option => option.getAttribute('aria-selected')));
    const walked = [await chosen()];
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowDown']) {
        await carol.keyboard.press(key);
        walked.push(await chosen());
        const active = await box.getAttribute('aria-activedescendant');
        assert.equal(active, await options.nth(walked.at(-1)).getAttribute('id'));
    }
    assert.deepEqual(walked, [0, 1, 0, count - 1, 0]);
    assert.ok(await box.evaluate(input => input === document.activeElement));
});

test('P10: nobody finds what only others have', async t => {
    const own = { 'quarterly retainer': 'carol', 'undercurrent': 'dora', 'saffron': 'eve' };
    const shared = { carol: 'How we work', dora: 'How we work' };
    for (const name of ['carol', 'cyril', 'dora', 'eve']) {
        await t.test(name, async () => {
            const page = await world.signedIn(name);
            const search = name === 'eve' ? '/staff/search' : '/search';
            for (const [words, owner] of Object.entries(own)) {
                await page.goto(`${search}?q=${encodeURIComponent(words)}`);
                await page.locator('#results .search-summary, #results .empty-state').first().waitFor();
                assert.equal((await hits(page)).length > 0, name === owner, words);
                const text = await page.locator('#results').innerText();
                if (name !== owner) assert.ok(text.includes(words) && !/Acme|Globex|Novak/.test(text), text);
            }
            await page.goto(`${search}?q=how+we+work`);
            const found = await hits(page);
            assert.equal(found.some(hit => hit.startsWith('How we work')), name in shared, found.join());
        });
    }
});

test('P10: while Dora types, not one of her results is of Carol\'s portal', async () => {
    const [carol, dora] = [await world.signedIn('carol'), await world.signedIn('dora')];
    for (const page of [carol, dora]) await page.goto('/search');
    for (const letters of ['acm', 'han', 'con']) {
        const groups = {};
        for (const [name, page] of Object.entries({ carol, dora })) {
            const answered = page.waitForResponse(answer => answer.url().endsWith(`/search?q=${letters}`));
            await field(page, 'Search').fill(letters);
            await (await answered).finished();
            await page.locator('#results:not([aria-busy])').waitFor();
            groups[name] = await page.locator('#results h2').allInnerTexts();
        }
        assert.ok(groups.carol.includes('Acme website relaunch'), letters);
        assert.ok(!groups.dora.includes('Acme website relaunch'), letters);
    }
});

test('a chip narrows what is found, by keyboard too, and typing goes on within it', async t => {
    const carol = await world.signedIn('carol', { viewport: { width: 360, height: 780 } });
    await carol.goto('/search');
    await field(carol, 'Search').fill('the');
    const chips = carol.getByRole('navigation', { name: 'Narrow the results' });

    await t.test('it says how many it leaves, and leaves them', async () => {
        const notes = chips.getByRole('link', { name: /^Notes \d+$/ });
        const count = Number((await notes.innerText()).match(/\d+/)[0]);
        await notes.focus();
        await carol.keyboard.press('Enter');
        await carol.getByRole('link', { name: 'No longer only: Notes' }).waitFor();
        assert.equal((await hits(carol)).length, count);
        assert.equal(new URL(carol.url()).searchParams.get('kind'), 'note');
    });

    await t.test('more letters stay within it', async () => {
        await field(carol, 'Search').fill('photographs');
        await carol.getByRole('link', { name: 'How to send us photographs' }).waitFor();
        assert.equal(new URL(carol.url()).searchParams.get('kind'), 'note');
        assert.ok(await carol.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    });

    await t.test('Back is wide again', async () => {
        await carol.goBack();
        await carol.getByRole('link', { name: 'No longer only: Notes' }).waitFor({ state: 'detached' });
    });
});

test('a note that was found opens at its first marked word', async () => {
    const carol = await world.signedIn('carol');
    await carol.goto('/search');
    await field(carol, 'Search').fill('heic filter');
    await carol.getByRole('link', { name: 'How to send us photographs' }).click();
    const marked = carol.locator('.prose mark');
    await marked.first().waitFor();
    assert.deepEqual(await marked.allInnerTexts(), ['HEIC', 'filters']);
    assert.equal(await marked.first().getAttribute('id'), 'found');
});

test('on a phone a page of a PDF that was found opens there, with its words marked below', async () => {
    const carol = await world.signedIn('carol', { viewport: { width: 360, height: 740 }, hasTouch: true });
    await carol.goto('/search');
    await field(carol, 'Search').fill('quarterly retainer');
    await carol.getByRole('link', handbook).tap();
    await carol.getByRole('img', { name: 'Page 7 of 40' }).waitFor();
    assert.deepEqual(new Set(await carol.locator('main mark').allInnerTexts()), new Set(['quarterly', 'retainer']));
    assert.deepEqual(await misfits(carol), []);
});

test('chips narrow one after the other, and each is taken off by itself', async () => {
    const ada = await world.signedIn('ada');
    await ada.goto('/staff/search');
    await field(ada, 'Search').fill('the');
    const chips = ada.getByRole('navigation', { name: 'Narrow the results' });
    const choose = async name => {
        const chip = chips.getByRole('link', { name });
        const count = Number((await chip.innerText()).match(/\d+$/)[0]);
        await chip.click();
        await ada.locator('#results .search-summary', { hasText: new RegExp(`^${count} results?`) }).waitFor();
    };
    await choose(/^Acme website relaunch \d+$/);
    await choose(/^Notes \d+$/);
    assert.deepEqual([...new URL(ada.url()).searchParams.keys()].toSorted(), ['kind', 'portal', 'q']);
    await ada.getByRole('link', { name: 'No longer only: Acme website relaunch' }).click();
    await ada.getByRole('link', { name: 'No longer only: Acme website relaunch' }).waitFor({ state: 'detached' });
    assert.deepEqual([...new URL(ada.url()).searchParams.keys()].toSorted(), ['kind', 'q']);
});

test('earlier searches are offered in an empty box, by keyboard, and forgotten at sign-out', async t => {
    const carol = await world.signedIn('carol');
    const box = overlayOf(carol).getByRole('combobox');
    const earlier = overlayOf(carol).getByRole('group', { name: 'Earlier searches' });
    const open = async () => {
        await carol.keyboard.press('Control+k');
        await box.waitFor();
    };

    await t.test('nothing is offered before anything was looked for', async () => {
        await open();
        assert.equal(await earlier.count(), 0);
    });

    await t.test('what led somewhere is offered next time', async () => {
        await box.fill('quarterly retainer');
        await overlayOf(carol).getByRole('option', handbook).waitFor();
        await carol.keyboard.press('Enter');
        await carol.getByRole('heading', { level: 1, ...handbook }).waitFor();
        await open();
        await earlier.getByRole('option', { name: 'quarterly retainer' }).waitFor();
    });

    await t.test('the arrow keys and Enter ask it again', async () => {
        await carol.keyboard.press('ArrowDown');
        const active = await box.getAttribute('aria-activedescendant');
        assert.equal(active, await earlier.getByRole('option').first().getAttribute('id'));
        await carol.keyboard.press('Enter');
        await overlayOf(carol).getByRole('option', handbook).waitFor();
        assert.equal(await box.inputValue(), 'quarterly retainer');
    });

    await t.test('the search page offers it, too, and can forget it', async () => {
        await carol.goto('/search');
        await field(carol, 'Search').focus();
        await carol.keyboard.press('ArrowDown');
        await carol.keyboard.press('Enter');
        await carol.locator('#results').getByRole('link', handbook).waitFor();
        await field(carol, 'Search').fill('');
        await carol.getByRole('button', { name: 'Forget these searches' }).click();
        await carol.getByRole('button', { name: 'Forget these searches' }).waitFor({ state: 'detached' });
        assert.equal(await carol.evaluate(() => localStorage.length), 0);
    });

    await t.test('nothing of it is left after sign-out', async () => {
        await field(carol, 'Search').fill('handbook');
        await field(carol, 'Search').press('Enter');
        await carol.waitForURL(url => url.searchParams.get('q') === 'handbook');
        assert.ok(await carol.evaluate(() => localStorage.length > 0));
        await carol.locator('.person-menu summary').click();
        await carol.getByRole('button', { name: 'Sign out' }).click();
        await carol.waitForURL(url => !url.searchParams.has('q'));
        assert.equal(await carol.evaluate(() => localStorage.length), 0);
    });
});
