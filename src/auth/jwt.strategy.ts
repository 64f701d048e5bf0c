import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { AppConfig } from '../common/config/index.js';
import { type AccessClaims, identityOf, JWT_ALGORITHM } from './access-tokens.js';
import { AuthService } from './auth.service.js';
import type { Identity } from './identity.js';

/** Access tokens of HTTP requests. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    { jwtSecret }: AppConfig,
    private readonly auth: AuthService,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: jwtSecret,
      algorithms: [JWT_ALGORITHM],
    });
  }

  /** The token is genuine; is the account still there? */
  validate(claims: AccessClaims): Promise<Identity> {
    return this.auth.identify(identityOf(claims));
  }
}
