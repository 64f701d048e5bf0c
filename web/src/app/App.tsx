import { CSPProvider } from '@base-ui/react/csp-provider';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, Route, Routes } from 'react-router';
import { RegisterPage } from '../account/RegisterPage.js';
import { SignInPage } from '../account/SignInPage.js';
import { ToastProvider } from '../ui/Toasts.js';
import { CrashBoundary } from './CrashBoundary.js';
import { MessagePage } from './MessagePage.js';
import { page } from './page.js';
import { WaitingPage } from './WaitingPage.js';

// Fetched when they are first shown: signing in does not wait for the media code.
const CheckPage = page(() => import('../check/CheckPage.js'), ['check', 'devices']);
const ProfilePage = page(() => import('../profile/ProfilePage.js'), ['profile']);
const SearchPage = page(() => import('../search/SearchPage.js'), ['search']);
const RoomsPage = page(() => import('../rooms/RoomsPage.js'), ['rooms']);
const RoomPage = page(() => import('../room/RoomPage.js'), ['room', 'prejoin', 'devices', 'call', 'chat', 'people']);
const ChatPage = page(() => import('../chat/ChatPage.js'), ['chat', 'room']);
const CallsPage = page(() => import('../history/CallsPage.js'), ['history']);
const CallPage = page(() => import('../history/CallPage.js'), ['history']);

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
                <Route path="/account" element={<ProfilePage />} />
                <Route path="/search" element={<SearchPage />} />
                <Route path="/check" element={<CheckPage />} />
                <Route path="/r/:slug" element={<RoomPage />} />
                <Route path="/r/:slug/chat" element={<ChatPage />} />
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
  const { t } = useTranslation();
  return (
    <MessagePage title={t('notFound.title')} text={t('notFound.text')}>
      <a className="button button--primary button--medium" href="/">
        {t('toMyRooms')}
      </a>
    </MessagePage>
  );
}
