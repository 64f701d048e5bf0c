import i18next from 'i18next';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/Button.js';
import { MessagePage } from './MessagePage.js';

/** The last net: a defect of the page, or code that could not be fetched, ends in words instead of an empty window. */
export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <MessagePage title={i18next.t('crashed.title')} text={i18next.t('crashed.text')}>
        <Button look="primary" onClick={() => window.location.reload()}>
          {i18next.t('loadAgain')}
        </Button>
      </MessagePage>
    );
  }
}
