import type { Room, Session } from '@minimeet/protocol';
import type { Locator } from 'playwright-core';
import { clickJoin, isInCall, type Opening, type PageUser } from './page-user.js';
import { Person } from './person.js';
import type { UsedPages } from './use-pages.js';

/** A room whose people have pages of their own: its host, people with an account and without. Their cameras are off. */
export class PageMeeting {
  private constructor(
    private readonly pages: UsedPages,
    /** Made the room; their page is `hostComes`. */
    readonly host: Person,
    readonly room: Room,
  ) {}

  static async of(pages: UsedPages): Promise<PageMeeting> {
    const host = await Person.register(pages.server.origin, 'Hanna');
    return new PageMeeting(pages, host, await host.createRoom('Weekly'));
  }

  get path(): string {
    return `/r/${this.room.slug}`;
  }

  get address(): string {
    return `${this.pages.server.origin}${this.path}`;
  }

  async hostComes(): Promise<PageUser> {
    const { session } = this.host;
    return this.comes(await this.pages.opens(this.path, { name: 'Hanna', session, camera: false }));
  }

  async memberComes(name: string, opening?: Opening): Promise<PageUser> {
    return this.comes(await this.atTheDoor(name, opening));
  }

  async guestComes(name: string): Promise<PageUser> {
    const { token } = await this.host.rest<{ token: string }>('POST', `rooms/${this.room.slug}/invites`, {});
    const guest = await this.pages.opens(`${this.path}?invite=${token}`, { name });
    await guest.page.getByRole('button', { name: 'Turn off camera' }).click();
    await guest.page.getByLabel('Your name').fill(name);
    await guest.page.getByRole('button', { name: 'Join as guest' }).click();
    await isInCall(guest.page);
    return guest;
  }

  /** Somebody with an account, on the pre-join screen. */
  atTheDoor(name: string, opening?: Opening): Promise<PageUser> {
    return this.pages.atTheDoor(name, this.room.slug, { camera: false, ...opening });
  }

  /** Somebody to whom the server will say no, which a browser writes onto its console. */
  opensUnwatched(name: string, session: Session): Promise<PageUser> {
    return this.pages.opens(this.path, { name, session, camera: false, unwatched: true });
  }

  change(settings: object): Promise<Room> {
    return this.host.rest<Room>('PATCH', `rooms/${this.room.slug}`, settings);
  }

  private async comes(user: PageUser): Promise<PageUser> {
    await clickJoin(user);
    return user;
  }
}

/** The people panel of somebody in the call, open from now on. */
export async function peopleOf({ page }: PageUser): Promise<Locator> {
  const panel = page.getByRole('complementary', { name: 'People' });
  const opener = page.getByRole('button', { name: /^Show people/ });
  // Neither is there while a dialog is over the page, also one that is closing.
  await panel.or(opener).first().waitFor();
  if (await opener.isVisible()) await opener.click();
  await panel.waitFor();
  return panel;
}

/** The entries in the menu of somebody's row. */
export async function actionsFor(actor: PageUser, name: string): Promise<string[]> {
  await openMenu(actor, name);
  const items = await actor.page.getByRole('menuitem').allTextContents();
  await actor.page.keyboard.press('Escape');
  await actor.page.getByRole('menu').waitFor({ state: 'detached' });
  return items;
}

/** Does something to somebody by the menu of their row. */
export async function doesTo(actor: PageUser, name: string, action: string): Promise<void> {
  await openMenu(actor, name);
  await actor.page.getByRole('menuitem', { name: action }).click();
}

/** The dialog of the room, open from now on. */
export async function roomDialogOf(actor: PageUser): Promise<Locator> {
  const panel = await peopleOf(actor);
  await panel.getByRole('button', { name: /^Room/ }).click();
  // The dialog is found by its name: a passing message of the page is a dialog of its own.
  const dialog = actor.page.getByRole('dialog', { name: 'Weekly' });
  await dialog.waitFor();
  return dialog;
}

async function openMenu(actor: PageUser, name: string): Promise<void> {
  const panel = await peopleOf(actor);
  await panel.getByRole('button', { name: `More actions for ${name}` }).click();
  await actor.page.getByRole('menu').waitFor();
}
