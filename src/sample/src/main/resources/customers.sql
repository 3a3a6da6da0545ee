select id, name, email, phone, address
from customers
order by id desc
limit 6
