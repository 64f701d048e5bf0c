import type { Room, Session } from '@minimeet/protocol';
import type { Browser, Locator } from 'playwright-core';
import { clickJoin, type PageUser, opens } from './page-user.js';
import { Person } from './person.js';

/** Somebody whose camera is on only where its picture is the point: many pictures at once keep this machine busy. */
interface Coming {
  camera?: boolean;
}

/** A room whose people come with pages of their own: its host, people with an account, and people without one. */
export class PageMeeting {
  /** What the pages did wrong. */
  readonly errors: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly origin: string,
    /** Made the room; their page is `hostComes`. */
    readonly host: Person,
    readonly room: Room,
  ) {}

  static async of(origin: string, browser: Browser): Promise<PageMeeting> {
    const host = await Person.register(origin, 'Hanna');
    return new PageMeeting(browser, origin, host, await host.createRoom('Weekly'));
  }

  get address(): string {
    return `${this.origin}/r/${this.room.slug}`;
  }

  hostComes(options?: Coming): Promise<PageUser> {
    return this.comes('Hanna', this.host.session, options);
  }

  async memberComes(name: string, options?: Coming): Promise<PageUser> {
    return this.comes(name, (await Person.register(this.origin, name)).session, options);
  }

  async guestComes(name: string, options?: Coming): Promise<PageUser> {
    const { token } = await this.host.rest<{ token: string }>('POST', `rooms/${this.room.slug}/invites`, {});
    const guest = await this.opens(name, null, `${this.address}?invite=${token}`);
    await setCamera(guest, options);
    await guest.page.getByLabel('Your name').fill(name);
    await guest.page.getByRole('button', { name: 'Join as guest' }).click();
    await guest.page.getByRole('button', { name: 'Leave call' }).waitFor();
    return guest;
  }

  /** Somebody with an account, on the pre-join screen. */
  async atTheDoor(name: string): Promise<PageUser> {
    const visitor = await this.opens(name, (await Person.register(this.origin, name)).session);
    await setCamera(visitor);
    return visitor;
  }

  /** Somebody to whom the server will say no, which a browser writes onto its console. */
  opensUnwatched(name: string, session: Session): Promise<PageUser> {
    return opens(this.browser, this.address, { name, session });
  }

  change(settings: object): Promise<Room> {
    return this.host.rest<Room>('PATCH', `rooms/${this.room.slug}`, settings);
  }

  private async comes(name: string, session: Session, options?: Coming): Promise<PageUser> {
    const person = await this.opens(name, session);
    await setCamera(person, options);
    await clickJoin(person);
    return person;
  }

  private opens(name: string, session: Session | null, address = this.address): Promise<PageUser> {
    return opens(this.browser, address, { name, session, complain: (error) => this.errors.push(error) });
  }
}

async function setCamera({ page }: PageUser, { camera = false }: Coming = {}): Promise<void> {
  if (!camera) await page.getByRole('button', { name: 'Turn off camera' }).click();
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

/** What the menu of somebody's row offers. */
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
  // By its name: what the page tells for a moment is a dialog of its own.
  const dialog = actor.page.getByRole('dialog', { name: 'Weekly' });
  await dialog.waitFor();
  return dialog;
}

async function openMenu(actor: PageUser, name: string): Promise<void> {
  const panel = await peopleOf(actor);
  await panel.getByRole('button', { name: `More actions for ${name}` }).click();
  await actor.page.getByRole('menu').waitFor();
}
