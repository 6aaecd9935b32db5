// The client of resumable uploads. A file of its own, which only a page that sends files asks for.
export {Upload} from 'tus-js-client';
