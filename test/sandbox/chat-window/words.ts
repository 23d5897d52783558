/** The chat window's texts. The service documents «Нет доступа к чатам» for a person without a role. */
export type ChatWords = {
  readonly chats: string;
  readonly noAccess: string;
  readonly noAccessText: string;
  readonly noChats: string;
  readonly chooseChat: string;
  readonly gone: string;
  readonly back: string;
  readonly message: string;
  readonly send: string;
  readonly readOnly: string;
  readonly notSent: string;
  readonly failed: string;
};

const ru: ChatWords = {
  chats: 'Чаты',
  noAccess: 'Нет доступа к чатам',
  noAccessText: 'Попросите администратора назначить вам роль.',
  noChats: 'Чатов пока нет',
  chooseChat: 'Выберите чат',
  gone: 'Этот чат вам больше не виден',
  back: 'К списку чатов',
  message: 'Сообщение',
  send: 'Отправить',
  readOnly: 'Писать в этот чат вы не можете',
  notSent: 'Сообщение не отправлено',
  failed: 'Чаты не открылись. Откройте окно заново.',
};

const en: ChatWords = {
  chats: 'Chats',
  noAccess: 'No access to chats',
  noAccessText: 'Ask an admin to give you a role.',
  noChats: 'No chats yet',
  chooseChat: 'Choose a chat',
  gone: 'You no longer see this chat',
  back: 'Back to chats',
  message: 'Message',
  send: 'Send',
  readOnly: 'You cannot write to this chat',
  notSent: 'The message was not sent',
  failed: 'The chats did not open. Open the window again.',
};

export const chatWordsIn = (language: string | null): ChatWords => (language === 'en' ? en : ru);
