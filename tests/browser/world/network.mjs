// The line between a browser and the server.

/** How much a second goes up, and whether anything goes at all. @param {import('playwright-core').Page} page */
export async function line(page) {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const set = conditions => session.send('Network.emulateNetworkConditions', {
        offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1, ...conditions,
    });
    return {
        slow: uploadThroughput => set({ uploadThroughput }),
        fast: () => set({}),
        cut: () => set({ offline: true }),
    };
}
