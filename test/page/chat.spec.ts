/** @needs chromium */
import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { seriousViolations } from '../support/axe.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { usePages } from '../support/use-pages.js';

// With a key for people who say more at once than a person does.
const { person, errors, opens: opensPath } = usePages({ env: { LOAD_TEST_KEY: 'a key of these tests, long enough' } });

/** A room with its host and members, each connected, none in the call. */
async function roomOf(...names: [string, ...string[]]): Promise<{ slug: string; people: Person[] }> {
  const people: Person[] = [];
  for (const name of names) people.push(await person(name));
  const { slug } = await people[0]!.createRoom('Review');
  // Joining makes a member.
  for (const member of people.slice(1)) {
    await member.join(slug);
    await member.request('leave_room');
  }
  return { slug, people };
}

async function opens({ session }: Person, slug: string, phone = false): Promise<Page> {
  const { page } = await opensPath(`/r/${slug}/chat`, {
    session,
    permissions: ['clipboard-read', 'clipboard-write'],
    ...(phone && { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }),
  });
  await field(page).waitFor();
  return page;
}

const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });
/** The one that says it, not one that quotes it. */
const message = (page: Page, text: string): Locator =>
  page
    .locator('li.message')
    .filter({ has: page.locator('.message-text, .message__deleted').filter({ hasText: text }) });

async function says(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press('Enter');
}

/** A browser complains of each attempt that it makes without a connection. */
function forgiveBeingOffline(): void {
  const others = errors.filter((error) => !error.includes('ERR_INTERNET_DISCONNECTED'));
  errors.splice(0, errors.length, ...others);
}

async function act(page: Page, text: string, action: string): Promise<void> {
  await message(page, text).hover();
  await message(page, text).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Sends without a page. */
async function send(person: Person, room: string, text: string): Promise<void> {
  await person.request('chat_message', { room, id: randomUUID(), content: { type: 'text', text } });
}

/**
 * The chat on the real page, without its call, between people in real Chromium. What is stored, read and found on each database is proven
 * in test/chat, test/files/file-messages.spec.ts and test/api/search.spec.ts.
 */
describe('the chat on its page', () => {
  it('shows light Markdown and links as they were meant, and nothing that somebody could be tricked with', async () => {
    const { slug, people } = await roomOf('Ann', 'Ben');
    const page = await opens(people[0]!, slug);
    await send(people[1]!, slug, 'Some **bold**, *italic* and `code`\nhttps://example.org/a_b and mail@example.org');
    const bubble = message(page, 'Some bold').locator('.message-text');
    await bubble.waitFor();
    expect(await bubble.innerHTML()).toBe(
      '<p>Some <strong>bold</strong>, <em>italic</em> and <code>code</code><br>\n' +
        '<a href="https://example.org/a_b" target="_blank" rel="noopener noreferrer nofollow">https://example.org/a_b</a> and ' +
        '<a href="mailto:mail@example.org" target="_blank" rel="noopener noreferrer nofollow">mail@example.org</a></p>',
    );
    await message(page, 'Some bold').hover();
    await message(page, 'Some bold').getByRole('button', { name: 'Reply' }).click();
    await says(page, 'What is said in it?');
    const quoted = message(page, 'What is said in it?').locator('.quote__text');
    expect(await quoted.innerHTML()).toMatch(
      /^Some <strong>bold<\/strong>, <em>italic<\/em> and <code>code<\/code>\s+https:\/\/example\.org\/a_b and mail@example\.org$/,
    );
    const plain =
      '# 1 <img src=x onerror=alert(1)> [safe](javascript:alert(1)) ![x](https://example.org/x.png)\n2. > | ~~no~~ \\*';
    await send(people[1]!, slug, plain);
    const untouched = message(page, '# 1').locator('.message-text');
    await untouched.waitFor();
    expect(await untouched.innerText()).toBe(plain);
    expect(await untouched.locator('img, script, h1, li, del, table').count()).toBe(0);
    const links = await untouched.locator('a').evaluateAll((found) => found.map((link) => link.getAttribute('href')));
    expect(links).toEqual(['https://example.org/x.png']);
  }, 60_000);

  it('lets people answer, call one another, react, edit and delete, and everybody sees it', async () => {
    const { slug, people } = await roomOf('Ann Host', 'Ben');
    const [ann, ben] = [await opens(people[0]!, slug), await opens(people[1]!, slug)];
    await says(ben, 'Where do we meet?');
    await message(ann, 'Where do we meet?').hover();
    await message(ann, 'Where do we meet?').getByRole('button', { name: 'Reply' }).click();
    await field(ann).pressSequentially('In the library, @be');
    await ann.getByRole('option', { name: 'Ben' }).waitFor();
    await field(ann).press('Enter');
    await field(ann).press('Enter');
    const answer = message(ben, 'In the library');
    await answer.locator('.mention[data-self]').waitFor();
    await answer.getByRole('button', { name: /In reply to Ben/ }).click();
    await ben.locator('li.message[data-found]').filter({ hasText: 'Where do we meet?' }).waitFor();

    await answer.hover();
    await answer.getByRole('button', { name: 'React' }).click();
    await ben.getByRole('button', { name: 'React with 🚀' }).click();
    await message(ann, 'In the library').getByRole('button', { name: '🚀 1: Ben' }).click();
    await answer.getByRole('button', { name: /🚀 2: / }).waitFor();

    await act(ann, 'In the library', 'Edit');
    await field(ann).press('End');
    await field(ann).pressSequentially('at noon');
    await field(ann).press('Enter');
    await message(ben, 'at noon').getByText('edited').waitFor();

    // The host of the room deletes what somebody else has said.
    await act(ann, 'Where do we meet?', 'Delete');
    await ann.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await message(ben, 'This message was deleted').first().waitFor();
    await ben.getByRole('button', { name: /In reply to Ben This message was deleted/ }).waitFor();
  }, 90_000);

  it('sends pictures and files by button, paste and drop, and shows and saves them', async () => {
    const { slug, people } = await roomOf('Ann', 'Ben');
    const [ann, ben] = [await opens(people[0]!, slug), await opens(people[1]!, slug)];
    const png = await sharp({ create: { width: 800, height: 400, channels: 3, background: '#2dbfae' } })
      .png()
      .toBuffer();
    await ann.locator('input[type=file]').setInputFiles([
      { name: 'plan.png', mimeType: 'image/png', buffer: png },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('What was said') },
    ]);
    await says(ann, 'The plan');
    const picture = ben.getByRole('button', { name: 'Picture plan.png, show large' });
    await picture.locator('img').waitFor();
    const box = await picture.boundingBox();
    expect(box && Math.round(box.width / box.height)).toBe(2);
    await picture.click();
    await ben.getByRole('dialog').getByRole('img', { name: 'plan.png' }).waitFor();
    await ben.keyboard.press('Escape');
    const [download] = await Promise.all([
      ben.waitForEvent('download'),
      ben.getByRole('button', { name: 'Download notes.txt' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('notes.txt');

    for (const way of ['paste', 'drop']) {
      await ann.evaluate(
        ([kind, bytes]) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes as number[])], `${kind}.png`, { type: 'image/png' }));
          const event =
            kind === 'paste'
              ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
              : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
          document.querySelector(kind === 'paste' ? 'textarea' : '.messages')?.dispatchEvent(event);
        },
        [way, [...png]] as const,
      );
      await ann.getByRole('button', { name: `Do not send ${way}.png` }).waitFor();
      await ann.getByRole('button', { name: 'Send', exact: true }).click();
      await ben.getByRole('button', { name: `Picture ${way}.png, show large` }).waitFor();
    }
  }, 90_000);

  it('keeps its place while older messages come, and finds and shows what was said long ago', async () => {
    const { slug, people } = await roomOf('Ann', 'Ben');
    for (let count = 1; count <= 480; count++)
      await send(people[1]!, slug, count === 5 ? 'The needle' : `Straw number ${count}`);
    const page = await opens(people[0]!, slug);
    await message(page, 'Straw number 480').waitFor();
    const list = page.locator('.messages');
    const first = () =>
      list.evaluate((element) => {
        const top = element.getBoundingClientRect().top;
        const shown = [...element.querySelectorAll<HTMLElement>('li.message')].find(
          (row) => row.getBoundingClientRect().bottom > top,
        );
        return { text: shown?.innerText, top: Math.round((shown?.getBoundingClientRect().top ?? 0) - top) };
      });
    const count = () => list.locator('li.message').count();
    await list.evaluate((element) => (element.scrollTop = 400));
    const before = await first();
    await eventually(async () => (await count()) > 50 || undefined, 'no older messages came');
    expect(await first()).toEqual(before);

    await page.getByRole('button', { name: 'Search in this chat' }).click();
    await page.getByRole('searchbox').fill('need');
    await page.locator('mark').filter({ hasText: 'need' }).waitFor();
    await page.locator('.hit').click();
    await message(page, 'The needle').waitFor();
    await page.getByText('You are looking at earlier messages').waitFor();
    // Of the 480 messages, only those around it were fetched.
    expect(await count()).toBeLessThan(150);
    await page.getByRole('button', { name: 'To the newest' }).click();
    await message(page, 'Straw number 480').waitFor();
  }, 120_000);

  it('marks what is new, and counts it while one reads something else', async () => {
    const { slug, people } = await roomOf('Ann', 'Ben');
    const [ann, ben] = people as [Person, Person];
    for (let count = 1; count <= 40; count++) await send(ben, slug, `Early ${count}`);
    await ann.request('mark_read', { room: slug, sequence: 5 });
    const page = await opens(ann, slug);
    const unread = async () => (await ann.rest<{ unreadCount: number }>('GET', `rooms/${slug}`)).unreadCount;
    // One begins where one had stopped, and what is further down is not read yet.
    await page.locator('.messages__new + li').filter({ hasText: 'Early 6' }).waitFor();
    const toNewest = page.getByRole('button', { name: '35 new messages' });
    await toNewest.waitFor();
    expect(await unread()).toBe(35);
    await toNewest.click();
    await eventually(async () => (await unread()) === 0 || undefined, 'what is in sight was not marked as read');
    const list = page.locator('.messages');
    const fromEnd = () => list.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
    await eventually(async () => (await fromEnd()) < 1 || undefined, 'it did not scroll to the end');
    await list.evaluate((element) => (element.scrollTop = 0));
    // The page knows of a scroll with its next frame only.
    await page.getByRole('button', { name: 'To the newest' }).waitFor();
    await send(ben, slug, 'Late 1');
    await send(ben, slug, 'Late 2');
    await page.getByRole('button', { name: '2 new messages' }).click();
    await page.locator('.messages__new + li').filter({ hasText: 'Late 1' }).waitFor();
    await page.getByRole('button', { name: '2 new messages' }).waitFor({ state: 'detached' });
  }, 60_000);

  it('sends what was written without a connection when it is back, once and in order', async () => {
    const { slug, people } = await roomOf('Ann', 'Ben');
    const page = await opens(people[0]!, slug);
    await page.context().setOffline(true);
    await page.getByText('No connection.').waitFor({ timeout: 40_000 });
    await says(page, 'First');
    await says(page, 'Second');
    await page.getByText('Sending…').first().waitFor();
    await send(people[1]!, slug, 'Meanwhile');
    await page.context().setOffline(false);
    await message(page, 'Meanwhile').waitFor();
    await page.getByText('Sending…').first().waitFor({ state: 'detached' });
    const said = await page.locator('li.message .message-text').allInnerTexts();
    expect(said).toEqual(['Meanwhile', 'First', 'Second']);
    forgiveBeingOffline();
  }, 90_000);

  it('can be used by keyboard, and by holding a message with a finger', async () => {
    const { slug, people } = await roomOf('Ann', 'Ben');
    await send(people[1]!, slug, 'Hello');
    const page = await opens(people[0]!, slug);
    await message(page, 'Hello').waitFor();
    await page.getByRole('log').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Reply' }).click();
    await page.getByText('Reply to Ben').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Reply to Ben').waitFor({ state: 'detached' });

    const phone = await opens(people[0]!, slug, true);
    const box = await message(phone, 'Hello').locator('.message__bubble').boundingBox();
    const touch = await phone.context().newCDPSession(phone);
    const touchPoints = [{ x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 15 }];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await phone.locator('[data-held]').waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await phone.getByRole('menuitem', { name: 'React with 👍' }).click();
    await message(page, 'Hello').getByRole('button', { name: '👍 1: You' }).waitFor();
  }, 60_000);

  it('has no serious fault for people with assistive technology: messages, menu, picker and search', async () => {
    const { slug, people } = await roomOf('Ann', 'Ben');
    await send(people[1]!, slug, 'Hello **there**, @Ann\n```\ncode\n```');
    const page = await opens(people[0]!, slug);
    await message(page, 'Hello').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await message(page, 'Hello').hover();
    await message(page, 'Hello').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menu').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'All reactions' }).click();
    await page.getByRole('button', { name: 'React with 🚀' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Search in this chat' }).click();
    await page.getByRole('searchbox').fill('hello');
    await page.locator('.hit').waitFor();
    await page.getByRole('button', { name: 'Narrow down' }).click();
    expect(await seriousViolations(page)).toEqual([]);
  }, 60_000);
});
