// The mails that the server wrote into its data folder.

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import PostalMime from 'postal-mime';

import { eventually } from './server.mjs';

export class Mailbox {
    #folder;
    #taken = new Set();

    /** Mails that are there already, the demo's, are not looked at. */
    constructor(data) {
        this.#folder = join(data, 'mail');
        this.#files().forEach(file => this.#taken.add(file));
    }

    /** Waits for the next mail to this address that no earlier call has returned. */
    async nextTo(address) {
        return eventually(`a mail to ${address}`, async () => {
            for (const file of this.#files().filter(file => !this.#taken.has(file))) {
                const mail = await readMail(file);
                if (mail.to?.some(to => to.address === address)) {
                    this.#taken.add(file);
                    return mail;
                }
            }
            return null;
        });
    }

    async all() {
        return Promise.all(this.#files().map(readMail));
    }

    #files() {
        if (!existsSync(this.#folder)) return [];
        const files = readdirSync(this.#folder).filter(name => name.endsWith('.eml')).map(name => join(this.#folder, name));
        return files.sort((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs || (one < other ? -1 : 1));
    }
}

function readMail(file) {
    return PostalMime.parse(readFileSync(file));
}
