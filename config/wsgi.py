"""The WSGI entry point of the site."""

import os

from django.core.wsgi import get_wsgi_application

from config.whole import whole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = whole(get_wsgi_application())
