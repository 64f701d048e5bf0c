import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppConfig } from '../common/config/index.js';
import { RoomsModule } from '../rooms/rooms.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccessTokenGuard } from './access-token.guard.js';
import { ACCESS_TOKEN_SECONDS, AccessTokens, JWT_ALGORITHM } from './access-tokens.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { FailedLogins } from './failed-logins.js';
import { LoadTestKey } from './load-test-key.js';
import { LoadTestKeyGuard } from './load-test-key.guard.js';
import { PasswordsModule } from './passwords/passwords.module.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import { RefreshTokens } from './refresh-tokens.js';

@Module({
  imports: [
    JwtModule.registerAsync({
      inject: [AppConfig],
      useFactory: ({ jwtSecret }: AppConfig) => ({
        secret: jwtSecret,
        signOptions: { algorithm: JWT_ALGORITHM, expiresIn: ACCESS_TOKEN_SECONDS },
      }),
    }),
    TypeOrmModule.forFeature([RefreshTokenEntity]),
    PasswordsModule,
    UsersModule,
    RoomsModule,
  ],
  controllers: [AuthController],
  providers: [
    AccessTokens,
    AuthService,
    FailedLogins,
    LoadTestKey,
    RefreshTokens,
    { provide: APP_GUARD, useClass: LoadTestKeyGuard },
    { provide: APP_GUARD, useClass: AccessTokenGuard },
  ],
  exports: [AuthService, LoadTestKey],
})
export class AuthModule {}
