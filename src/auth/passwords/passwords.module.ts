import { Module } from '@nestjs/common';
import { Passwords } from './passwords.js';

/** Apart from AuthModule, which needs the rooms, which need passwords of their own. */
@Module({ providers: [Passwords], exports: [Passwords] })
export class PasswordsModule {}
