// Files too large to be held, and whether the product has them as they were.

import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const MIB = 1024 * 1024;

/** How long a test waits for a large file. */
export const isThere = { timeout: 300_000 };

/** `UPLOAD_MIB` of `make test-slow`, or as large as the test needs it. */
export const sizeOf = mebibytes => Number(process.env.UPLOAD_MIB ?? mebibytes) * MIB;

/** A file of random bytes on this machine, of which no part could be mistaken for another. */
export function randomFile(name, size) {
    const folder = mkdtempSync(join(tmpdir(), 'portico-large-'));
    process.on('exit', () => rmSync(folder, { recursive: true }));
    const path = join(folder, name);
    const hash = createHash('sha256');
    for (let written = 0; written < size; written += MIB) {
        const piece = randomBytes(Math.min(MIB, size - written));
        appendFileSync(path, piece);
        hash.update(piece);
    }
    return { path, size, sum: hash.digest('hex') };
}

/** The sum of the bytes that the product has under this name. @param {import('playwright-core').Page} page */
export async function kept(page, server, name) {
    const address = await page.locator('#items').getByRole('link', { name, exact: true }).getAttribute('href');
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    // Node asks a name server for names below localhost.
    const asked = { host: '127.0.0.1', port: server.port, path: `${address}/download`, headers: { host: new URL(page.url()).host, cookie } };
    const hash = createHash('sha256');
    await new Promise((resolve, reject) => {
        get(asked, answer => answer.on('data', piece => hash.update(piece)).on('end', resolve).on('error', reject)).on('error', reject);
    });
    return hash.digest('hex');
}
