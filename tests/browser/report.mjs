// Drives headless Chromium through the page of `mzplan report`: node report.mjs PAGE INDICATOR FOLDER.
// Every line printed is a fault. Pictures and the printed page are left in FOLDER.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
const [page_, indicator, folder] = process.argv.slice(2);
const require = createRequire(`${process.cwd()}/`);
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core");

const faults = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

async function opened(width, options = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: options.bypassCSP ?? false,
    javaScriptEnabled: options.script ?? true });
  const page = await context.newPage();
  page.on("console", (said) => { if (["error", "warning"].includes(said.type())) faults.push(`${width}: ${said.text()}`); });
  page.on("pageerror", (error) => faults.push(`${width}: ${error}`));
  page.on("request", (asked) => { if (!/^(file|data|about):/.test(asked.url())) faults.push(`asked for ${asked.url()}`); });
  await page.goto(pathToFileURL(page_).href);
  return page;
}
function expect(holds, what) { if (!holds) faults.push(what); }

for (const width of [360, 900, 1280, 1400]) {
  const page = await opened(width);
  await page.screenshot({ path: `${folder}/${width}.png`, fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide <= width, `${width}: the page is ${wide} wide`);
  if (width >= 1280 || width <= 640) {
    const cut = await page.locator("#danger .scroll").evaluateAll((all) => all.some((one) => one.scrollWidth > one.clientWidth));
    expect(!cut, `${width}: a column of what is in danger is cut`);
  }
  await page.context().close();
}

const page = await opened(1400);
await page.click("#heat tbody tr:nth-child(2) th a");
expect(await page.locator("#units > details[open]").count() === 1, "a unit of the heat map does not open");
await page.locator("#units > details[open] > details summary").first().click();
await page.locator("#units > details[open] > details[open] th a").first().click();
const opens = await page.locator("#indicators details[open] > details[open] dl").first();
expect(await opens.isVisible(), "an indicator does not lead to its explanation");
await page.fill("#search", indicator);
const found = page.locator("#found a");
expect(await found.count() > 1, "the search finds nothing");
await found.first().click();
const there = page.locator(`[id="i.${indicator}"]`);
expect(await there.evaluate((one) => one.open), "what was searched for does not open");
await there.screenshot({ path: `${folder}/indicator.png` });
const column = there.locator("table").first();
const before = await column.locator("tbody th").allTextContents();
await column.getByRole("button", { name: "完成率" }).click();
await page.keyboard.press("Enter");
const after = await column.locator("tbody th").allTextContents();
expect(before.join() !== after.join() && before.toSorted().join() === after.toSorted().join(), "sorting does nothing");
expect(await column.locator("[aria-sort=descending]").count() === 1, "sorting is not told, or not by keyboard");
await page.fill("#search", "");
await page.keyboard.press("Tab");
expect(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== "none"), "no focus is seen");
await page.context().close();

const plain = await opened(900, { script: false });
expect(await plain.locator("#search").isHidden(), "a search that cannot work is shown");
await plain.locator("#indicators details > summary").first().click();
expect(await plain.locator("#indicators details[open] table").first().isVisible(), "without script nothing unfolds");
await plain.context().close();

const judged = await opened(1400, { bypassCSP: true });
await judged.evaluate(() => document.querySelectorAll("#units>details:nth-of-type(-n+2),#units>details:nth-of-type(-n+2) details," +
  "#indicators>div:nth-of-type(-n+3) details").forEach((one) => { one.open = true; }));
await judged.addScriptTag({ path: axe });
const result = await judged.evaluate(() => axe.run());
expect(result.passes.length > 20, "axe has not looked");
for (const one of result.violations) faults.push(`axe ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + " " + (node.any[0]?.message ?? "")).join(" | ")}`);
await judged.context().close();

const printed = await opened(1100);
await printed.pdf({ path: `${folder}/printed.pdf`, preferCSSPageSize: true, printBackground: true });
await printed.context().close();
await browser.close();
for (const fault of faults) console.log(fault);
process.exit(faults.length ? 1 : 0);
