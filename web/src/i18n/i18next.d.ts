import type account from './locales/en/account.json';
import type call from './locales/en/call.json';
import type chat from './locales/en/chat.json';
import type common from './locales/en/common.json';
import type devices from './locales/en/devices.json';
import type errors from './locales/en/errors.json';
import type history from './locales/en/history.json';
import type people from './locales/en/people.json';
import type prejoin from './locales/en/prejoin.json';
import type room from './locales/en/room.json';
import type rooms from './locales/en/rooms.json';

declare module 'i18next' {
  // A key that does not exist in English is an error of the compiler.
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      account: typeof account;
      call: typeof call;
      chat: typeof chat;
      common: typeof common;
      devices: typeof devices;
      errors: typeof errors;
      history: typeof history;
      people: typeof people;
      prejoin: typeof prejoin;
      room: typeof room;
      rooms: typeof rooms;
    };
  }
}
