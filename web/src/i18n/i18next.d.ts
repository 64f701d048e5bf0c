import type account from './locales/en/account.json';
import type call from './locales/en/call.json';
import type chat from './locales/en/chat.json';
import type check from './locales/en/check.json';
import type common from './locales/en/common.json';
import type devices from './locales/en/devices.json';
import type errors from './locales/en/errors.json';
import type history from './locales/en/history.json';
import type people from './locales/en/people.json';
import type prejoin from './locales/en/prejoin.json';
import type profile from './locales/en/profile.json';
import type room from './locales/en/room.json';
import type rooms from './locales/en/rooms.json';
import type search from './locales/en/search.json';

declare module 'i18next' {
  // A key that does not exist in English is an error of the compiler.
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      account: typeof account;
      call: typeof call;
      chat: typeof chat;
      check: typeof check;
      common: typeof common;
      devices: typeof devices;
      errors: typeof errors;
      history: typeof history;
      people: typeof people;
      prejoin: typeof prejoin;
      profile: typeof profile;
      room: typeof room;
      rooms: typeof rooms;
      search: typeof search;
    };
  }
}
