import { LIMITS } from '@minimeet/protocol';
import { isEmail, ValidateBy } from 'class-validator';
import { isPlainText } from '../../common/validation/index.js';

/** An e-mail address that can be stored. Length and text are checked first: the library throws on half of an emoji. */
export const IsEmailAddress = (): PropertyDecorator =>
  ValidateBy({
    name: 'isEmailAddress',
    validator: {
      validate: (value) => {
        const isShortText = typeof value === 'string' && value.length <= LIMITS.emailLength && isPlainText(value);
        return isShortText && isEmail(value);
      },
      defaultMessage: () => `$property must be an e-mail address of up to ${LIMITS.emailLength} characters`,
    },
  });
