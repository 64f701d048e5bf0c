import { lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { RegisterPage } from '../account/RegisterPage.js';
import { SignInPage } from '../account/SignInPage.js';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { ToastProvider } from '../ui/Toasts.js';
import { CrashBoundary } from './CrashBoundary.js';
import { MessagePage } from './MessagePage.js';
import { WaitingPage } from './WaitingPage.js';

// Their code is fetched when they are first shown: signing in does not wait for the media code.
const RoomsPage = lazy(() => import('../rooms/RoomsPage.js'));
const RoomPage = lazy(() => import('../room/RoomPage.js'));
const CallsPage = lazy(() => import('../history/CallsPage.js'));
const CallPage = lazy(() => import('../history/CallPage.js'));

export function App() {
  return (
    <CrashBoundary>
      {/* The content security policy lets no component add a style element. */}
      <CSPProvider disableStyleElements>
        <ToastProvider>
          <BrowserRouter>
            <Suspense fallback={<WaitingPage />}>
              <Routes>
                <Route path="/" element={<RoomsPage />} />
                <Route path="/sign-in" element={<SignInPage />} />
                <Route path="/register" element={<RegisterPage />} />
                <Route path="/r/:slug" element={<RoomPage />} />
                <Route path="/r/:slug/calls" element={<CallsPage />} />
                <Route path="/r/:slug/calls/:callId" element={<CallPage />} />
                <Route path="*" element={<NotFoundPage />} />
              </Routes>
            </Suspense>
          </BrowserRouter>
        </ToastProvider>
      </CSPProvider>
    </CrashBoundary>
  );
}

function NotFoundPage() {
  return (
    <MessagePage title="There is nothing here" text="The address may have a typing error.">
      <a className="button button--primary button--medium" href="/">
        Go to my rooms
      </a>
    </MessagePage>
  );
}
