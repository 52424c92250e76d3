// One server, one browser, and the people who use them; every person has a browser profile of their own.

import { strict as assert } from 'node:assert';
import { after, before } from 'node:test';

import { launchBrowser } from './browser.mjs';
import { Mailbox } from './mailbox.mjs';
import { Server } from './server.mjs';
import { Stripe } from './stripe.mjs';

const addresses = {
    ada: 'ada@studio.test',
    ben: 'ben@studio.test',
    carol: 'carol@acme.test',
    cyril: 'cyril@acme.test',
    dora: 'dora@globex.test',
    eve: 'eve@rival.test',
};

export const personas = Object.keys(addresses);

export class World {
    #browser;
    #complaints = [];

    /** A world for the tests of one file. @param {'demo' | 'nothing'} content */
    static forThisFile(content = 'demo', parts = {}) {
        const world = new World();
        before(() => world.start(content, parts));
        after(() => world.stop());
        return world;
    }

    /** `parts`: `{ stripe: true }` for one whose clients pay at a fake of Stripe. */
    async start(content = 'demo', { stripe = false } = {}) {
        this.stripe = stripe ? await Stripe.start() : undefined;
        this.server = await Server.start(content, this.stripe?.environment());
        await this.stripe?.tells(this.server);
        this.mailbox = new Mailbox(this.server.data);
        this.#browser = await launchBrowser();
    }

    async stop() {
        await this.#browser?.close();
        await this.server?.stop();
        this.stripe?.stop();
        assert.deepEqual(this.#complaints, [], 'what pages complained about');
    }

    /** The person's page, signed in, at their home. `options` are Playwright's, for the browser context. */
    async signedIn(name, options = {}) {
        const known = this.server.people.find(person => person.email === addresses[name]);
        const page = await this.visitor(known.organization, options);
        await page.goto('/sign-in');
        await page.getByLabel('Email', { exact: true }).fill(known.email);
        await page.getByLabel('Password', { exact: true }).fill(known.password);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        await page.waitForURL(url => url.pathname !== '/sign-in');
        return page;
    }

    /** A page in a browser that was never here before. An empty name means the installation's own address. */
    async visitor(organization = 'studio', options = {}) {
        const baseURL = this.server.origin(organization);
        const context = await this.#browser.newContext({ baseURL, locale: 'en-GB', timezoneId: 'Europe/Paris', ...options });
        context.setDefaultTimeout(20_000);
        const page = await context.newPage();
        this.#listen(page);
        return page;
    }

    /** A script that fails, or that the content security policy stops, fails the file. */
    #listen(page) {
        // From the first listener on, a picker is told of instead of opened, but only a moment later.
        page.on('filechooser', () => undefined);
        page.on('pageerror', error => this.#complaints.push(`${page.url()}: ${error}`));
        page.on('console', message => {
            if (message.text().includes('Content Security Policy')) {
                this.#complaints.push(`${page.url()}: ${message.text()}`);
            }
        });
    }
}
