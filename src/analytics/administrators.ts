import { Injectable } from '@nestjs/common';
import type { Identity } from '../auth/identity.js';
import { AppConfig } from '../common/config/index.js';
import { AppError } from '../common/errors/index.js';
import { UsersService } from '../users/users.service.js';

/** People who may see the whole server's figures: accounts whose e-mail address is in the configuration. */
@Injectable()
export class Administrators {
  constructor(
    private readonly config: AppConfig,
    private readonly users: UsersService,
  ) {}

  /** @throws AppError FORBIDDEN */
  async assert({ userId }: Identity): Promise<void> {
    const account = await this.users.find(userId);
    if (!account?.email || !this.config.adminEmails.includes(account.email.toLowerCase()))
      throw new AppError('FORBIDDEN', 'Only administrators of this server may see this.');
  }
}
