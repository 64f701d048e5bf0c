/** @needs chromium */
import { type PageUser, hearsNothing, hearsSound, sees, seesNothingOf } from '../support/page-user.js';
import { actionsFor, doesTo, PageMeeting, peopleOf, roomDialogOf } from '../support/page-meeting.js';
import { usePages } from '../support/use-pages.js';

/**
 * A host, a member and a guest in Chromium; decoded frames and audio energy at the guest are the evidence. Roles and settings are proven on
 * each database in test/api/room-roles.spec.ts and room-access.spec.ts.
 */
describe('in a call', () => {
  const pages = usePages();
  let hanna: PageUser;
  let mia: PageUser;
  let gus: PageUser;

  beforeAll(async () => {
    const meeting = await PageMeeting.of(pages);
    [hanna, mia, gus] = await Promise.all([
      meeting.hostComes(),
      meeting.memberComes('Mia', { camera: true }),
      meeting.guestComes('Gus'),
    ]);
    // So that Mia is all that Gus can hear.
    await hanna.page.getByRole('button', { name: 'Mute microphone' }).click();
  }, 60_000);

  it('a host mutes a member, whom nobody hears until they unmute themselves', async () => {
    await hearsSound(gus);
    await doesTo(hanna, 'Mia', 'Mute microphone');
    await mia.page.getByText('Hanna muted your microphone').waitFor();
    await hearsNothing(gus);
    await mia.page.getByRole('button', { name: 'Unmute microphone' }).click();
    await hearsSound(gus);
  }, 60_000);

  it('nobody unmutes themselves while the host does not allow it', async () => {
    const allowed = hanna.page.getByRole('switch', { name: 'People may unmute themselves' });
    await roomDialogOf(hanna);
    await allowed.click();
    await hanna.page.keyboard.press('Escape');
    await (await peopleOf(hanna)).getByRole('button', { name: 'Mute all' }).click();
    await hanna.page.getByRole('alertdialog').getByRole('button', { name: 'Mute all' }).click();
    await mia.page.getByRole('button', { name: 'Unmute microphone' }).click();
    await mia.page.getByText('The host lets nobody unmute themselves').waitFor();
    await hearsNothing(gus);

    await roomDialogOf(hanna);
    await allowed.click();
    await hanna.page.locator('[role="switch"][aria-checked="true"]').waitFor();
    await hanna.page.keyboard.press('Escape');
    await mia.page.getByRole('button', { name: 'Unmute microphone' }).click();
    await hearsSound(gus);
  }, 60_000);

  it('a host turns a camera off, which its owner turns on again', async () => {
    await sees(gus, 'Mia');
    await doesTo(hanna, 'Mia', 'Turn off camera');
    await mia.page.getByText('Hanna turned off your camera').waitFor();
    await seesNothingOf(gus, 'Mia');
    await mia.page.getByRole('button', { name: 'Turn on camera' }).click();
    await sees(gus, 'Mia');
  }, 60_000);

  it('a host ends a shared screen', async () => {
    await mia.page.getByRole('button', { name: 'Share screen' }).click();
    await sees(gus, 'Mia', 'screen');
    await doesTo(hanna, 'Mia', 'End screen share');
    await mia.page.getByText('Hanna ended your screen share').waitFor();
    await seesNothingOf(gus, 'Mia', 'screen');
    await mia.page.getByRole('button', { name: 'Share screen' }).waitFor();
  }, 60_000);

  it('hands are listed in line, and a host lowers one', async () => {
    const line = (await peopleOf(hanna)).getByRole('list', { name: 'Raised hands' });
    await mia.page.getByRole('button', { name: 'Raise hand' }).click();
    await line.getByText('Mia').waitFor();
    await gus.page.getByRole('button', { name: 'Raise hand' }).click();
    await line.getByText('Gus').waitFor();
    expect(await line.getByRole('listitem').allTextContents()).toEqual(['1MiaLower', '2GusLower']);
    await line.getByRole('button', { name: 'Lower the hand of Mia' }).click();
    await mia.page.getByRole('button', { name: 'Raise hand' }).waitFor();
    await gus.page.getByRole('button', { name: 'Lower hand' }).click();
    await line.waitFor({ state: 'detached' });
  }, 60_000);

  it('everybody is offered what their role may do', async () => {
    expect(await actionsFor(gus, 'Mia')).toEqual(['Pin']);
    expect(await actionsFor(mia, 'Gus')).toEqual(['Pin']);
    expect(await actionsFor(hanna, 'Mia')).toEqual([
      'Pin',
      'Mute microphone',
      'Turn off camera',
      'Make host',
      'Make moderator',
      'Remove…',
    ]);
    // Guests stay guests.
    expect(await actionsFor(hanna, 'Gus')).not.toContain('Make moderator');

    await doesTo(hanna, 'Mia', 'Make moderator');
    await mia.page.getByText('You are now a moderator').waitFor();
    expect(await actionsFor(mia, 'Hanna')).toEqual(['Pin']);
    expect(await actionsFor(mia, 'Gus')).toEqual(['Pin', 'Remove…']);
    await doesTo(hanna, 'Mia', 'Make member');
    await mia.page.getByText('You are now a member').waitFor();
    expect(await actionsFor(mia, 'Gus')).toEqual(['Pin']);
  }, 60_000);
});
