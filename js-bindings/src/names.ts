// Every name under which something is stored on a device, or shared between tabs.

export const blobDatabaseName = 'baya';
export const keyDatabaseName = 'baya-key';
export const shareDatabaseNames = ['baya-share-0', 'baya-share-1'] as const;
export const databaseNames = [...shareDatabaseNames, keyDatabaseName, blobDatabaseName];

/** In the origin private file system. */
export const shareFileName = 'baya-share';
export const newestFileName = 'baya-newest';

/** In localStorage; see choice_record.ts. */
export const choiceRecordName = 'baya';

/** Of the Web Lock, whatever the release: there is one owner of the vault. */
export const lockName = 'baya';
export const channelName = 'baya';
