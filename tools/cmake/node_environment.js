// Gives a program built for Node the environment variables it was started with. ENV is there only
// in a program that reads them.
Module.preRun = [].concat(Module.preRun || [], () => {
  if (typeof ENV !== 'undefined') Object.assign(ENV, process.env);
});
