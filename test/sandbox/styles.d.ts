/** Style sheets are imported for their effect; the bundler writes them next to the script. */
declare module '*.css' {}
