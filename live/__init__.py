"""What reaches an open page by itself.

Nothing here says what happened. An event names a thing to fetch anew, and the page that fetches it is answered by an
ordinary view, through the ordinary scopes.

- `telling.py`: what an action calls
- `registers.py`: what the apps above know about it: who may go on, who may see, who hears
- `stream.py`: one open page's stream, on a connection taken over from the web server
- `listening.py`: the one connection to the database with which a process listens and asks
- `pacing.py`: what goes on being told for a while, since not each of it is
- `renewing.py`: how much of a list an open page is given anew
- `hub.py`: all streams of a process, and the thread that carries them
"""
