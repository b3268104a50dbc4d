extension ConfigurationTemplate {
  /// The default field map, custom entities aside.
  static let fieldMap = """
    # What is kept in step, field by field: 'dynamics' is the column's logical name, 'marketo' the
    # field's REST name. A pair may have its own
    #   direction: both | to_marketo | to_dynamics        (never wider than the entity's)
    #   winner: dynamics | marketo | non_empty | true_wins | manual
    # where both sides changed the field. Opt-outs have 'true_wins': no rule undoes them.
    entities:

      # Users become sales persons, so that records have an owner in Marketo. Dynamics -> Marketo.
      user:
        fields:
          - {dynamics: internalemailaddress, marketo: email}
          - {dynamics: firstname, marketo: firstName}
          - {dynamics: lastname, marketo: lastName}
          - {dynamics: title, marketo: title}
          - {dynamics: address1_telephone1, marketo: phone}

      # Teams become sales persons too, so that what a team owns has an owner. 'as: mirror' only reads
      # them. Dynamics -> Marketo.
      team:
        fields:
          - {dynamics: name, marketo: lastName}
          - {dynamics: emailaddress, marketo: email}

      # Accounts become companies. Dynamics -> Marketo.
      account:
        fields:
          - {dynamics: name, marketo: company}
          - {dynamics: address1_line1, marketo: billingStreet}
          - {dynamics: address1_city, marketo: billingCity}
          - {dynamics: address1_stateorprovince, marketo: billingState}
          - {dynamics: address1_country, marketo: billingCountry}
          - {dynamics: address1_postalcode, marketo: billingPostalCode}
          - {dynamics: telephone1, marketo: mainPhone}
          - {dynamics: websiteurl, marketo: website}
          - {dynamics: industrycode, marketo: industry}    # the option's label
          - {dynamics: revenue, marketo: annualRevenue}
          - {dynamics: numberofemployees, marketo: numberOfEmployees}
          - {dynamics: sic, marketo: sicCode}
          - {dynamics: description, marketo: mktoCompanyNotes}

      # Leads are persons. Both ways; where both sides changed a field, Marketo wins.
      lead:
        fields:
          - {dynamics: salutation, marketo: salutation}
          - {dynamics: firstname, marketo: firstName}
          - {dynamics: middlename, marketo: middleName}
          - {dynamics: lastname, marketo: lastName}
          - {dynamics: emailaddress1, marketo: email}
          - {dynamics: jobtitle, marketo: title}
          - {dynamics: telephone1, marketo: phone}
          - {dynamics: mobilephone, marketo: mobilePhone}
          - {dynamics: fax, marketo: fax}
          - {dynamics: address1_line1, marketo: address}
          - {dynamics: address1_city, marketo: city}
          - {dynamics: address1_stateorprovince, marketo: state}
          - {dynamics: address1_country, marketo: country}
          - {dynamics: address1_postalcode, marketo: postalCode}
          - {dynamics: leadsourcecode, marketo: leadSource}     # the option's label
          - {dynamics: leadqualitycode, marketo: rating}        # the option's label
          - {dynamics: description, marketo: mktoPersonNotes}
          - {dynamics: donotphone, marketo: doNotCall, winner: true_wins}
          - {dynamics: donotbulkemail, marketo: unsubscribed, winner: true_wins}
          - {dynamics: statecode, marketo: leadStatus, direction: to_marketo}
          # These two belong to the company once the person has one.
          - {dynamics: companyname, marketo: company}
          - {dynamics: revenue, marketo: annualRevenue}

      # Contacts are persons of their account's company. Both ways; Dynamics wins.
      contact:
        fields:
          - {dynamics: salutation, marketo: salutation}
          - {dynamics: firstname, marketo: firstName}
          - {dynamics: middlename, marketo: middleName}
          - {dynamics: lastname, marketo: lastName}
          - {dynamics: emailaddress1, marketo: email}
          - {dynamics: jobtitle, marketo: title}
          - {dynamics: telephone1, marketo: phone}
          - {dynamics: mobilephone, marketo: mobilePhone}
          - {dynamics: address1_line1, marketo: address}
          - {dynamics: address1_city, marketo: city}
          - {dynamics: address1_stateorprovince, marketo: state}
          - {dynamics: address1_country, marketo: country}
          - {dynamics: address1_postalcode, marketo: postalCode}
          - {dynamics: description, marketo: mktoPersonNotes}
          - {dynamics: donotphone, marketo: doNotCall, winner: true_wins}
          - {dynamics: donotbulkemail, marketo: unsubscribed, winner: true_wins}
          - {dynamics: statecode, marketo: leadStatus, direction: to_marketo}

      # Opportunities; their company, owner, amount, stage and roles come along by themselves. With
      # 'on_delete: propagate' one that is deleted in Dynamics is deleted in Marketo. Dynamics ->
      # Marketo.
      opportunity:
        fields:
          - {dynamics: name, marketo: name}
          - {dynamics: description, marketo: description}
          - {dynamics: closeprobability, marketo: probability}
          - {dynamics: estimatedclosedate, marketo: closeDate}


    """
}
